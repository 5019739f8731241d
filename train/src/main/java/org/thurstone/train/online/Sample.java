package org.thurstone.train.online;

import org.thurstone.model.sample.Generation;

/** A completion sampled for a prompt. */
public record Sample(EncodedPrompt prompt, Generation generation) {

    public int[] tokens() {
        return generation.tokens();
    }
}
