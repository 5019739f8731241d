package org.thurstone.feedback.reward;

import java.util.List;

/** Turns texts into vectors that are close where the texts mean much the same. */
@FunctionalInterface
public interface Embedder {

    /** One vector for each text, in their order, all of one length. */
    float[][] embed(List<String> texts);
}
