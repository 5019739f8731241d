package org.thurstone.train.signal;

import java.util.Map;

/** (n, size): what is known of the prompt of each example, computed once for a data set from embeddings of the prompts' texts. */
public record PromptSignal(String name, String words, Provider provider) implements Signal {

    /** Computes the signal of all prompts of a data set. */
    @FunctionalInterface
    public interface Provider {

        /** A feature vector by example id, all of one size. */
        Map<String, double[]> of(EmbeddedPrompts prompts);
    }
}
