package org.thurstone.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Catalogue;
import org.thurstone.worlds.language.bench.LossComparison;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone bench loss}: times a training step with each loss over pairs. */
@Command(
        name = "loss",
        description = {
            "Time a training step with each loss over pairs.",
            "Prints ratios to DPO's step on the same batch, in alternating steps. Losses that need more than frozen log-probabilities are named and left out. Without --model, the model is a Llama with random weights."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone bench loss --vocabulary 512", "  thurstone bench loss ipo simpo orpo --rounds 20"})
final class BenchLossCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Parameters(arity = "0..*", paramLabel = "LOSS", description = "Losses to time (default: all losses over pairs).")
    private List<String> names = List.of();

    @Option(
            names = "--batch-size",
            defaultValue = "4",
            paramLabel = "N",
            description = "Pairs per step (default: ${DEFAULT-VALUE}).")
    private int batch = 4;

    @Option(
            names = "--prompt-tokens",
            defaultValue = "32",
            paramLabel = "N",
            description = "Tokens per prompt (default: ${DEFAULT-VALUE}).")
    private int prompt = 32;

    @Option(
            names = "--completion-tokens",
            defaultValue = "32",
            paramLabel = "N",
            description = "Tokens per completion (default: ${DEFAULT-VALUE}).")
    private int completion = 32;

    @Option(
            names = "--rounds",
            defaultValue = "8",
            paramLabel = "N",
            description = "Measurements; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int rounds = 8;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        LossComparison comparison = comparison();
        PrintWriter err = spec.commandLine().getErr();
        format.printFigures(comparison.run(
                options.model(),
                options.random(),
                (loss, ratio) -> err.printf(Locale.ROOT, "%-24s %.3f%n", loss, ratio)));
        return CommandLine.ExitCode.OK;
    }

    private LossComparison comparison() {
        return Failures.usage(
                spec.commandLine(),
                () -> LossComparison.of(
                        Catalogue.installed(),
                        names,
                        "thurstone bench loss",
                        new LossComparison.Size(batch, prompt, completion, rounds)));
    }
}
