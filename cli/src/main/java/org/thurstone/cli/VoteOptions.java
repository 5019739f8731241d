package org.thurstone.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.file.Columns;
import org.thurstone.rank.file.VoteReadOptions;
import picocli.CommandLine.Option;

/** How a file of votes is read: which column says what. Columns with the usual names need none of it. */
final class VoteOptions {

    @Option(
            names = "--left",
            paramLabel = "COLUMN",
            description = "The item on the left, or at home (model_a, left …).")
    private Optional<String> left = Optional.empty();

    @Option(names = "--right", paramLabel = "COLUMN", description = "The item on the right (model_b, right …).")
    private Optional<String> right = Optional.empty();

    @Option(
            names = "--winner",
            paramLabel = "COLUMN",
            description = "Who won: an item's name, or left, right, model_a, model_b, tie, tie (bothbad).")
    private Optional<String> winner = Optional.empty();

    @Option(
            names = "--loser",
            paramLabel = "COLUMN",
            description = "The loser's name, where the columns are winner and loser; then nobody is at home.")
    private Optional<String> loser = Optional.empty();

    @Option(
            names = "--when",
            paramLabel = "COLUMN",
            description = "When: 2024-05-31, 20240531, an ISO time, or seconds since 1970.")
    private Optional<String> when = Optional.empty();

    @Option(names = "--weight", paramLabel = "COLUMN", description = "How many comparisons a row counts for.")
    private Optional<String> weight = Optional.empty();

    @Option(names = "--annotator", paramLabel = "COLUMN", description = "Who said so.")
    private Optional<String> annotator = Optional.empty();

    @Option(names = "--prompt", paramLabel = "COLUMN", description = "What it was about.")
    private Optional<String> prompt = Optional.empty();

    @Option(names = "--id", paramLabel = "COLUMN", description = "What may not be there twice.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--control",
            split = ",",
            paramLabel = "NAME",
            description = {
                "What else may decide: length and markdown are taken from texts; another NAME is a column that holds"
                        + " left",
                "minus right, or two, such as NAME_a and NAME_b, compared by (a − b)/(a + b)."
            })
    private List<String> controls = new ArrayList<>();

    @Option(names = "--by", paramLabel = "COLUMN", description = "A board for each value of this column as well.")
    private Optional<String> by = Optional.empty();

    @Option(
            names = "--both-bad",
            defaultValue = "tie",
            paramLabel = "tie|skip",
            description = "What becomes of battles in which both were bad (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.BothBad bothBad = VoteReadOptions.BothBad.TIE;

    @Option(
            names = "--unlisted",
            defaultValue = "unseen",
            paramLabel = "unseen|below",
            description = "What it means that an order names no place for an item (default: ${DEFAULT-VALUE}).")
    private VoteReadOptions.Unlisted unlisted = VoteReadOptions.Unlisted.UNSEEN;

    VoteReadOptions reading() {
        Columns columns = new Columns(left, right, winner, loser, when, weight, annotator, prompt, id, controls, by);
        return new VoteReadOptions(columns, true, bothBad, unlisted);
    }
}
