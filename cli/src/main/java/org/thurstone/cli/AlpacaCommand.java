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
import picocli.CommandLine.Spec;

/** {@code thurstone eval alpaca}: win rates against a baseline, with and without the help of length. */
@Command(
        name = "alpaca",
        description = {
            "Count win rates against a baseline as AlpacaEval does, with standard errors and controlled for length.",
            "Reads annotations.json, or a table of model, index, preference, len_output_1, len_output_2. Length is taken out",
            "by AlpacaEval's logistic model, from published weights or fitted here."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval alpaca --preferences annotations.json --baseline gpt4_1106_preview",
            "  thurstone eval alpaca --preferences all.csv --baseline gpt4_1106_preview --difficulty"
                    + " instruction_difficulty.csv",
            "  thurstone eval alpaca --preferences all.csv --baseline gpt4_1106_preview --difficulty d.csv --weights"
                    + " weights.csv"
        })
final class AlpacaCommand implements Callable<Integer> {

    @Option(
            names = "--preferences",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "What the judge said, of one model or of many.")
    private List<Path> preferences = List.of();

    @Option(names = "--baseline", required = true, paramLabel = "MODEL", description = "Whom all are compared with.")
    private String baseline = "";

    @Option(
            names = "--difficulty",
            paramLabel = "FILE",
            description =
                    "The difficulty of each instruction, by index; else estimated if there are five models or more.")
    private Optional<Path> difficulty = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Published weights of the length control, by model.")
    private Optional<Path> weights = Optional.empty();

    @Option(
            names = "--gamed",
            split = ",",
            paramLabel = "MODEL",
            description = "Models of the file that are the baseline told to write more or less: they hold the length's"
                    + " weight in place.")
    private List<String> gamed = List.of();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (weights.isPresent() && difficulty.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--weights wants --difficulty too: the weights are of those difficulties");
        }
        WinRateSummary summary =
                WinRateSummary.of(new WinRateSummary.Sources(preferences, baseline, difficulty, weights, gamed));
        if (json.wanted()) {
            json.print(summary);
        } else {
            spec.commandLine().getOut().print(summary.text());
        }
        return CommandLine.ExitCode.OK;
    }
}
