package org.thurstone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.rank.summary.WinRateSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone eval alpaca}: AlpacaEval win rates against a baseline, raw and length-controlled. */
@Command(
        name = "alpaca",
        description = {
            "Compute AlpacaEval win rates against a baseline.",
            "Prints win rates with standard errors, and length-controlled win rates. Reads annotations.json, or a"
                    + " table of model, index, preference, len_output_1 and len_output_2. Length-controlled win rates use"
                    + " AlpacaEval's logistic model, with published weights or with weights fitted to the files."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval alpaca annotations.json --baseline gpt4_1106_preview",
            "  thurstone eval alpaca all.csv --baseline gpt4_1106_preview \\",
            "      --difficulty instruction_difficulty.csv --weights weights.csv"
        })
final class AlpacaCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Verdicts of the judge on one or more models.")
    private List<Path> preferences = List.of();

    @Option(
            names = "--baseline",
            required = true,
            paramLabel = "MODEL",
            description = "Model that all others are compared with.")
    private String baseline = "";

    @Option(
            names = "--difficulty",
            paramLabel = "FILE|estimate",
            description =
                    "Difficulty of each instruction, by index; 'estimate' fits difficulties and all models together"
                            + " (five models or more), so that adding a model changes the others (default: the term is"
                            + " left out).")
    private Optional<Path> difficulty = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Published weights of the length control, by model.")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--gamed",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "MODEL,…",
            description =
                    "Models in the files that are the baseline prompted for longer or shorter answers; used to fit"
                            + " the weight of length.")
    private List<String> gamed = List.of();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        WinRateSummary.Difficulty from = difficulty();
        if (weights.isPresent() && !(from instanceof WinRateSummary.Difficulty.Given)) {
            throw new ParameterException(
                    spec.commandLine(), "--weights needs --difficulty FILE: the weights belong to those difficulties");
        }
        WinRateSummary summary =
                WinRateSummary.of(new WinRateSummary.Sources(preferences, baseline, from, weights, gamed));
        if (format.json()) {
            format.print(summary);
        } else {
            spec.commandLine().getOut().print(summary.text());
        }
        return CommandLine.ExitCode.OK;
    }

    private WinRateSummary.Difficulty difficulty() {
        if (difficulty.isEmpty()) {
            return new WinRateSummary.Difficulty.Omitted();
        }
        return difficulty.get().toString().equals("estimate")
                ? new WinRateSummary.Difficulty.Estimated()
                : new WinRateSummary.Difficulty.Given(difficulty.get());
    }
}
