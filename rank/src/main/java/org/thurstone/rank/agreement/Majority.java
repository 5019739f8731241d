package org.thurstone.rank.agreement;

/** The most frequent labels of each item. */
public final class Majority {

    private Majority() {}

    /** The indices of each item's most frequent labels: more than one if there is a tie. */
    public static int[][] of(Labels labels) {
        return Posteriors.best(Posteriors.shares(labels, Posteriors.unknown(labels)));
    }
}
