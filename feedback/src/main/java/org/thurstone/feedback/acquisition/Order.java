package org.thurstone.feedback.acquisition;

/** Which implicit-reward margins come first. */
public enum Order {
    /** Where the policy is least sure: the paper's best choice. */
    SMALLEST,
    /** Where the policy is most sure. */
    LARGEST,
    /** Uniformly at random: the control; asks for no margins. */
    RANDOM
}
