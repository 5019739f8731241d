package org.thurstone.train.loss;

/** The meaning of the value of a single completion. */
public enum SingleValues {
    /** 1 desirable, 0 undesirable, between them the probability of being desirable. */
    LABELS,
    /** A score, such as a rating. */
    SCORES,
    /** How much better it is than expected of its prompt: a score of mean 0. */
    ADVANTAGES
}
