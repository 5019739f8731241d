package org.thurstone.train.loss.link;

/** Turns scores into a loss. */
public sealed interface Link permits MarginLink, SingleLink, ListLink {

    /** Whether the loss of one example depends on others of its batch. */
    default boolean couples() {
        return false;
    }
}
