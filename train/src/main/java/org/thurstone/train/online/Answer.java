package org.thurstone.train.online;

import org.thurstone.model.sample.Generation;

/** What was drawn for a question. */
public record Answer(Question question, Generation generation) {

    public int[] tokens() {
        return generation.tokens();
    }
}
