package org.thurstone.rank.pairs;

/** The algorithm that maximises the likelihood. */
public enum Solver {
    /** Newton's method with a line search: few steps, a matrix of the items' square. */
    NEWTON,
    /** Minorisation and maximisation: many cheap steps, no matrix; for plain Bradley–Terry. */
    MM
}
