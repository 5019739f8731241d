package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.VoteReadOptions;
import picocli.CommandLine.Option;

/** The columns of a file of votes. Columns with the usual names need no options. */
final class VoteOptions {

    @Option(
            names = "--left",
            paramLabel = "COLUMN",
            description = "Column with the left or home item (default: left, model_a, …).")
    private Optional<String> left = Optional.empty();

    @Option(
            names = "--right",
            paramLabel = "COLUMN",
            description = "Column with the right item (default: right, model_b, …).")
    private Optional<String> right = Optional.empty();

    @Option(
            names = "--winner",
            paramLabel = "COLUMN",
            description =
                    "Column with the winner: an item's name, or left, right, model_a, model_b, tie, tie (bothbad).")
    private Optional<String> winner = Optional.empty();

    @Option(
            names = "--loser",
            paramLabel = "COLUMN",
            description =
                    "Column with the loser, if the files have columns for winner and loser instead of left and right.")
    private Optional<String> loser = Optional.empty();

    @Option(
            names = "--when",
            paramLabel = "COLUMN",
            description = "Column with the time: 2024-05-31, 20240531, an ISO time, or seconds since 1970.")
    private Optional<String> when = Optional.empty();

    @Option(
            names = "--weight",
            paramLabel = "COLUMN",
            description = "Column with the number of comparisons that a row counts for.")
    private Optional<String> weight = Optional.empty();

    @Option(names = "--annotator", paramLabel = "COLUMN", description = "Column with the annotator.")
    private Optional<String> annotator = Optional.empty();

    @Option(names = "--prompt", paramLabel = "COLUMN", description = "Column with the prompt or group.")
    private Optional<String> prompt = Optional.empty();

    @Option(names = "--id", paramLabel = "COLUMN", description = "Column with a unique id; duplicates are rejected.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--control",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME,…",
            description =
                    "Covariates to control for: length and markdown are computed from the texts; any other NAME is a"
                            + " column with left minus right, or two columns, such as NAME_a and NAME_b, compared by (a −"
                            + " b)/(a + b).")
    private List<String> controls = new ArrayList<>();

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            description = "Column to group by; each of its values also gets its own ranking.")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--both-bad",
            defaultValue = "tie",
            paramLabel = "RULE",
            description = "How to count battles in which both were bad: tie or skip (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.BothBad bothBad = VoteReadOptions.BothBad.TIE;

    @Option(
            names = "--unlisted",
            defaultValue = "unseen",
            paramLabel = "RULE",
            description =
                    "How to treat items that an order does not contain: unseen (not compared) or below (all others)"
                            + " (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.Unlisted unlisted = VoteReadOptions.Unlisted.UNSEEN;

    VoteReadOptions reading() {
        Columns columns = new Columns(left, right, winner, loser, when, weight, annotator, prompt, id, controls, by);
        return new VoteReadOptions(columns, true, bothBad, unlisted);
    }
}
