package org.thurstone.train.signal;

import org.thurstone.train.example.TrainingExample;

/** (n, T): numbers that follow from the example itself. No gradient flows through them. */
public record ExampleSignal(String name, String words, Provider provider) implements TokenSignal {

    /** Computes the signal of one example. */
    @FunctionalInterface
    public interface Provider {

        /** One number for each scored token, in the order of trees, segments and positions. */
        double[] of(TrainingExample example);
    }
}
