package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws an index with probability proportional to its weight, in constant time (Walker 1977, built as by
 * Vose 1991): each column of equal width belongs to its own index up to a share, and to one other above it.
 *
 * @param columns for each the other index in the upper half, the share in units of 2⁻³² in the lower, so that a draw is one random number
 *     and one look-up
 */
record AliasTable(long[] columns) {

    private static final long LOWER = 0xFFFF_FFFFL;
    private static final double UNIT = 1L << 32;

    /** @param weights at least 0, not all of them 0 */
    static AliasTable of(double[] weights) {
        int n = weights.length;
        double mean = Arrays.stream(weights).sum() / n;
        double[] share = Arrays.stream(weights).map(w -> w / mean).toArray();
        int[] other = new int[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            other[i] = i;
            if (share[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int little = small[--smalls];
            int much = large[larges - 1];
            other[little] = much;
            share[much] -= 1 - share[little];
            if (share[much] < 1) {
                larges--;
                small[smalls++] = much;
            }
        }
        // What is left of either is one but for rounding, and all its own; a column of an index without weight goes to
        // the heaviest.
        int heaviest = IntStream.range(0, n).reduce(0, (a, b) -> weights[b] > weights[a] ? b : a);
        while (smalls > 0) {
            int last = small[--smalls];
            share[last] = 0;
            other[last] = weights[last] > 0 ? last : heaviest;
        }
        long[] columns = new long[n];
        for (int i = 0; i < n; i++) {
            columns[i] = ((long) other[i] << 32) | Math.min(LOWER, (long) (share[i] * UNIT));
        }
        return new AliasTable(columns);
    }

    /** The index that owns the column above the share. */
    int other(int column) {
        return (int) (columns[column] >>> 32);
    }

    /** The share of a column that belongs to its own index. */
    double share(int column) {
        return (double) (columns[column] & LOWER) / UNIT;
    }

    /**
     * The upper half of a random number is the column (evenly but for one part in 2³² a column), the lower half the height in it.
     */
    int draw(SplittableRandom random) {
        long number = random.nextLong();
        int column = (int) (((number >>> 32) * columns.length) >>> 32);
        long entry = columns[column];
        return (number & LOWER) < (entry & LOWER) ? column : (int) (entry >>> 32);
    }
}
