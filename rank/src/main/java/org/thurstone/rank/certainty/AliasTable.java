package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws an index with a probability that goes with its weight, in the same time whatever the number of indexes (Walker 1977, built as by
 * Vose 1991): each column of equal width belongs to its own index up to a share, and to one other above it.
 *
 * @param share of each column that is its own index's
 * @param other whose the rest of each column is
 */
record AliasTable(double[] share, int[] other) {

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
        // What is left of either is one but for rounding; a column of an index without weight goes to the heaviest.
        int heaviest = IntStream.range(0, n).reduce(0, (a, b) -> weights[b] > weights[a] ? b : a);
        while (larges > 0) {
            share[large[--larges]] = 1;
        }
        while (smalls > 0) {
            int last = small[--smalls];
            share[last] = weights[last] > 0 ? 1 : 0;
            other[last] = heaviest;
        }
        return new AliasTable(share, other);
    }

    int draw(SplittableRandom random) {
        int column = random.nextInt(share.length);
        return random.nextDouble() < share[column] ? column : other[column];
    }
}
