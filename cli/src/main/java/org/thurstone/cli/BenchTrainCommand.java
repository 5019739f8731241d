package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.thurstone.model.bench.BenchModel;
import org.thurstone.recipe.Catalogue;
import org.thurstone.worlds.language.bench.StepBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone bench train}: times training steps. */
@Command(
        name = "train",
        description = {
            "Time training steps.",
            "Steps are in the order of the data, at a constant learning rate with AdamW. Without --model, the model is a Llama with random weights; without --data, pairs are random tokens."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench train",
            "  thurstone bench train --model models/mine --data pairs.jsonl --batch-size 8"
        })
final class BenchTrainCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "File of training examples that suit the loss (default: random pairs).")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "dpo",
            description = "Loss (default: ${DEFAULT-VALUE}).")
    private String loss = "dpo";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a parameter of the loss, such as loss.beta=0.2; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--batch-size",
            defaultValue = "8",
            paramLabel = "N",
            description = "Examples per step (default: ${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(
            names = "--steps",
            defaultValue = "12",
            paramLabel = "N",
            description = "Training steps; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int steps = 12;

    @Option(
            names = "--learning-rate",
            defaultValue = "1e-6",
            paramLabel = "RATE",
            description = "Learning rate (default: ${DEFAULT-VALUE}).")
    private double learningRate = 1e-6;

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        StepBench bench = bench();
        RandomGenerator random = options.random();
        Optional<BenchModel.OnDisk> onDisk = options.onDisk();
        if (data.isPresent() && onDisk.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--model is missing: --data needs the tokenizer of a model");
        }
        format.printFigures(
                data.isPresent()
                        ? bench.onFile(onDisk.orElseThrow(), data.get())
                        : bench.onRandomPairs(options.model(), random));
        return CommandLine.ExitCode.OK;
    }

    private StepBench bench() {
        return Failures.usage(
                spec.commandLine(),
                () -> StepBench.of(
                        Catalogue.installed(), loss, settings, "thurstone bench train", batch, steps, learningRate));
    }
}
