package org.thurstone.feedback.reward;

import java.util.List;

/** Embeds texts as vectors that are close for texts of similar meaning. */
@FunctionalInterface
public interface Embedder {

    /** One vector for each text, in their order, all of one length. */
    float[][] embed(List<String> texts);
}
