package org.thurstone.feedback.acquisition;

/** The order of pairs by implicit-reward margin. */
public enum Order {
    /** Where the policy is least sure: the paper's best choice. */
    SMALLEST,
    /** Where the policy is most sure. */
    LARGEST,
    /** Uniformly at random: the control; asks for no margins. */
    RANDOM
}
