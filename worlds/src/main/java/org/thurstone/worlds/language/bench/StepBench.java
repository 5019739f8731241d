package org.thurstone.worlds.language.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.model.bench.BenchModel;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.text.Encoded;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.bench.TrainBench;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.ExampleConverter;

/** Times training steps on random pairs or on a file. */
public final class StepBench {

    private final TrainBench bench;

    private StepBench(TrainBench bench) {
        this.bench = bench;
    }

    record Holder(Loss loss) {}

    /**
     * @param loss a name, or an object as in a recipe
     * @param settings of the loss, such as {@code loss.beta=0.2}
     * @param origin what the settings come from, for messages: {@code thurstone bench train}
     * @param batch examples per step, at least 1
     * @param steps at least 2; the first is not counted
     * @throws IllegalArgumentException if a number is too small
     * @throws org.thurstone.recipe.RecipeError if the loss or a setting is unknown
     */
    public static StepBench of(
            Catalogue catalogue,
            String loss,
            List<String> settings,
            String origin,
            int batch,
            int steps,
            double learningRate) {
        Recipe written = Recipe.parse("loss: dpo", origin).with("loss=" + loss);
        for (String setting : settings) {
            written = written.with(setting);
        }
        Loss bound = written.bind(Holder.class, catalogue).loss();
        return new StepBench(new TrainBench(bound, batch, steps, learningRate));
    }

    /** On pairs of random tokens. */
    public TrainBench.Figures onRandomPairs(BenchModel model, RandomGenerator random) {
        return model.with(random, policy -> bench.run(policy, bench.pairs(policy.vocabulary(), random)));
    }

    /**
     * On the first examples of a file, in their order.
     *
     * @throws UserError if the file has fewer usable examples than the steps take
     */
    public TrainBench.Figures onFile(BenchModel.OnDisk onDisk, Path file) {
        try (LanguageModel model = onDisk.directory().model()) {
            return bench.run(model.policy(), examples(model, file));
        }
    }

    private List<TrainingExample> examples(LanguageModel model, Path file) {
        List<Example> fitting = ExampleConverter.to(bench.loss(), Examples.readAll(file));
        List<TrainingExample> examples = new ArrayList<>();
        for (Example example : fitting) {
            if (ExampleConverter.encoded(bench.loss(), example, model.encoding()) instanceof Encoded.Included kept) {
                examples.add(ExampleConverter.of(
                        Integer.toString(examples.size()), new Encoded.Row<>(example, kept.trees())));
            }
        }
        int needed = bench.batch() * bench.steps();
        if (examples.size() < needed) {
            throw new UserError(
                    file + " has " + examples.size() + " usable examples, and " + bench.steps() + " steps of "
                            + bench.batch() + " take " + needed + ": make fewer --steps or a smaller --batch-size");
        }
        return examples;
    }
}
