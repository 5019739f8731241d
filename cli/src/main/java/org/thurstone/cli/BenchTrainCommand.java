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

/** {@code thurstone bench train}: the time of a training step. */
@Command(
        name = "train",
        description = {
            "Time training steps, in the order of the data, at a constant learning rate with AdamW; print JSON figures"
                    + " and each step's loss.",
            "Without --policy the model is a Llama of random weights; without --data the pairs are random tokens."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench train",
            "  thurstone bench train --policy models/mine --data pairs.jsonl --batch 8 --steps 12 --loss simpo"
        })
final class BenchTrainCommand implements Callable<Integer> {

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(names = "--data", paramLabel = "FILE", description = "Examples of the kind that the loss takes.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "dpo",
            description = "Any loss (default: ${DEFAULT-VALUE}).")
    private String loss = "dpo";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A parameter of the loss, such as loss.beta=0.2.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--batch", defaultValue = "8", description = "Examples a step (default: ${DEFAULT-VALUE}).")
    private int batch = 8;

    @Option(
            names = "--steps",
            defaultValue = "12",
            description = "Steps to make; the first is not counted (default: ${DEFAULT-VALUE}).")
    private int steps = 12;

    @Option(names = "--learning-rate", defaultValue = "1e-6", description = "Of all steps (default: ${DEFAULT-VALUE}).")
    private double learningRate = 1e-6;

    @Mixin
    private final Json json = new Json();

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
                    spec.commandLine(), "--data needs the tokenizer of a model: say --policy=DIR too");
        }
        json.print(
                data.isPresent()
                        ? bench.onFile(onDisk.orElseThrow(), data.get())
                        : bench.onRandomPairs(options.model(), random));
        return CommandLine.ExitCode.OK;
    }

    private StepBench bench() {
        try {
            return StepBench.of(
                    Catalogue.installed(), loss, settings, "thurstone bench train", batch, steps, learningRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
