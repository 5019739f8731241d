package org.thurstone.rank.file;

import java.util.Arrays;

/**
 * Counts rows that differ in nothing, where items and verdicts are few: of ten million rows of a thousand items there are at most some millions.
 */
final class RepeatedRows {

    private static final int MOST_ITEMS = 1 << 10;
    private static final int MOST_VERDICTS = 8;

    /** For each verdict a square table of left and right items, or null. */
    private final int[][] counts = new int[MOST_VERDICTS][];

    private int side = 1 << 5;

    /** Whether the row was counted. */
    boolean add(int left, int right, int verdict) {
        int item = Math.max(left, right);
        if (item >= MOST_ITEMS || verdict >= MOST_VERDICTS) {
            return false;
        }
        if (item >= side) {
            widen(item);
        }
        int[] table = counts[verdict];
        if (table == null) {
            table = new int[side * side];
            counts[verdict] = table;
        }
        int at = left * side + right;
        if (table[at] == Integer.MAX_VALUE) {
            return false;
        }
        table[at]++;
        return true;
    }

    private void widen(int item) {
        int wider = 2 * Integer.highestOneBit(item);
        for (int verdict = 0; verdict < MOST_VERDICTS; verdict++) {
            int[] from = counts[verdict];
            if (from != null) {
                int[] to = new int[wider * wider];
                for (int left = 0; left < side; left++) {
                    System.arraycopy(from, left * side, to, left * wider, side);
                }
                counts[verdict] = to;
            }
        }
        side = wider;
    }

    /** Takes a row that was there so often. */
    interface To {
        void add(int left, int right, int verdict, double count);
    }

    /** Gives out each row once, with its count, and forgets it. */
    void drain(To to) {
        for (int left = 0; left < side; left++) {
            for (int right = 0; right < side; right++) {
                for (int verdict = 0; verdict < MOST_VERDICTS; verdict++) {
                    int count = counts[verdict] == null ? 0 : counts[verdict][left * side + right];
                    if (count > 0) {
                        to.add(left, right, verdict, count);
                    }
                }
            }
        }
        Arrays.fill(counts, null);
    }
}
