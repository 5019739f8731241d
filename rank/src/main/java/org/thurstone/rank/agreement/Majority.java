package org.thurstone.rank.agreement;

/** The most frequent label of each item; in case of a tie, the first of the categories. */
public final class Majority {

    private Majority() {}

    /** The index of each item's label. */
    public static int[] of(Labels labels) {
        int[][] counts = labels.counts();
        int[] most = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int c = 1; c < counts[i].length; c++) {
                if (counts[i][c] > counts[i][most[i]]) most[i] = c;
            }
        }
        return most;
    }
}
