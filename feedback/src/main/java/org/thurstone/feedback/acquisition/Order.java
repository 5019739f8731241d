package org.thurstone.feedback.acquisition;

/** The order of pairs by implicit-reward margin. */
public enum Order {
    /** Smallest margins first, where the policy is least certain: the paper's best choice. */
    SMALLEST,
    /** Largest margins first, where the policy is most certain. */
    LARGEST,
    /** Uniformly at random, as a baseline; needs no margins. */
    RANDOM
}
