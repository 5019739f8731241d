package org.thurstone.model.bench;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;

/** The model that a benchmark runs on. */
public sealed interface BenchModel {

    /** A model directory. */
    record OnDisk(ModelDirectory directory) implements BenchModel {}

    /**
     * Random weights.
     *
     * @param threads per operation; if empty, as many as suit the model
     */
    record Random(RandomModel shape, LoadOptions options, OptionalInt threads) implements BenchModel {}

    /**
     * Opens or makes the model, uses it, and closes it.
     *
     * @param random draws the weights of a random model
     */
    default <T> T with(RandomGenerator random, Function<Policy, T> use) {
        switch (this) {
            case OnDisk(ModelDirectory directory) -> {
                try (LanguageModel model = directory.model()) {
                    return use.apply(model.policy());
                }
            }
            case Random(RandomModel shape, LoadOptions options, OptionalInt threads) -> {
                try (Policy policy = shape.make(random, options.device())) {
                    ModelDirectory.tuneThreads(policy, threads);
                    return use.apply(policy);
                }
            }
        }
    }
}
