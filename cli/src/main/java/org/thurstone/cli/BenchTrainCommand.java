package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.thurstone.cli.bench.TrainBench;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.text.Encoded;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.Fitting;
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

    /** What {@code --loss} and {@code --set} are bound to. */
    record Bound(Loss loss) {}

    @Override
    public Integer call() {
        TrainBench bench = bench();
        RandomGenerator random = new Seeds(options.seed()).of("bench");
        json.print(options.directory().isPresent() ? onModel(bench, random) : onFreshModel(bench, random));
        return CommandLine.ExitCode.OK;
    }

    private TrainBench bench() {
        Recipe written = Recipe.parse("loss: dpo", "thurstone bench train").with("loss=" + loss);
        for (String setting : settings) {
            written = written.with(setting);
        }
        Loss bound = written.bind(Bound.class, Catalogue.installed()).loss();
        try {
            return new TrainBench(bound, batch, steps, learningRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TrainBench.Figures onModel(TrainBench bench, RandomGenerator random) {
        try (LanguageModel model = options.model()) {
            return bench.run(
                    model.policy(),
                    data.isPresent()
                            ? examples(bench, model, data.get())
                            : bench.pairs(model.policy().vocabulary(), random));
        }
    }

    private TrainBench.Figures onFreshModel(TrainBench bench, RandomGenerator random) {
        if (data.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--data needs the tokenizer of a model: say --policy=DIR too");
        }
        try (Policy policy = options.fresh(random)) {
            return bench.run(policy, bench.pairs(policy.vocabulary(), random));
        }
    }

    private static List<TrainingExample> examples(TrainBench bench, LanguageModel model, Path file) {
        List<Example> fitting = Fitting.to(bench.loss(), Examples.readAll(file));
        List<TrainingExample> examples = new ArrayList<>();
        for (Example example : fitting) {
            if (Fitting.encoded(bench.loss(), example, model.encoding()) instanceof Encoded.Kept kept) {
                examples.add(Fitting.of(Integer.toString(examples.size()), new Encoded.Row<>(example, kept.trees())));
            }
        }
        int wanted = bench.batch() * bench.steps();
        if (examples.size() < wanted) {
            throw new UserError(file + " has " + examples.size() + " usable examples, and " + bench.steps()
                    + " steps of " + bench.batch() + " take " + wanted + ": make fewer --steps or a smaller --batch");
        }
        return examples;
    }
}
