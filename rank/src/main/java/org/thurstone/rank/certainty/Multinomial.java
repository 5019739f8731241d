package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Counts drawn with replacement, as many as there are. Where counts are large, drawing one by one would take long: then each count is drawn as a
 * whole, from a Poisson distribution of slightly smaller mean, and only those that are still missing are drawn one by one. Given their sum, Poisson
 * counts are multinomial, so the distribution is the same.
 *
 * @param size the sum of the counts
 * @param single draws one index in proportion to its count
 * @param poisson for each index the distribution of its count; empty where all are drawn one by one
 */
record Multinomial(long size, AliasTable single, Poisson[] poisson) {

    /** @param least the count that the table's first index stands for */
    private record Poisson(int least, AliasTable table) {

        /** The probabilities of all counts that are not so rare that hardly any draw has them, relative to the largest. */
        static Poisson of(double mean) {
            double width = 9 * Math.sqrt(mean) + 12;
            int least = (int) Math.max(0, mean - width);
            int mode = (int) mean;
            double[] weights = new double[mean > 0 ? (int) (mean + width) - least + 1 : 1];
            weights[mode - least] = 1;
            for (int k = mode; k > least; k--) {
                weights[k - 1 - least] = weights[k - least] * k / mean;
            }
            for (int k = mode + 1; k - least < weights.length; k++) {
                weights[k - least] = weights[k - 1 - least] * mean / k;
            }
            return new Poisson(least, AliasTable.of(weights));
        }

        int draw(SplittableRandom random) {
            return least + table.draw(random);
        }
    }

    /** Up to so many are drawn one by one. */
    private static final long FEW = 1 << 20;

    /** By so many standard deviations of their sum Poisson counts are smaller on average: hardly ever does it exceed the size. */
    private static final double SMALLER = 6;

    /** Takes what was drawn; the same index may come more than once. */
    @FunctionalInterface
    interface Drawn {
        void add(int index, int times);
    }

    /** @param counts whole numbers, not all of them 0 */
    static Multinomial of(double[] counts) {
        long size = Math.round(Arrays.stream(counts).sum());
        long positive = Arrays.stream(counts).filter(count -> count > 0).count();
        boolean large = size > FEW && size > 2 * positive;
        return new Multinomial(size, AliasTable.of(counts), large ? poisson(counts, size) : new Poisson[0]);
    }

    private static Poisson[] poisson(double[] counts, long size) {
        double share = 1 - SMALLER / Math.sqrt((double) size);
        double[] distinct = Arrays.stream(counts).distinct().sorted().toArray();
        Poisson[] tables = Arrays.stream(distinct)
                .mapToObj(count -> Poisson.of(share * count))
                .toArray(Poisson[]::new);
        Poisson[] of = new Poisson[counts.length];
        for (int i = 0; i < counts.length; i++) {
            of[i] = tables[Arrays.binarySearch(distinct, counts[i])];
        }
        return of;
    }

    /** Draws {@link #size} in all. */
    void draw(SplittableRandom random, Drawn drawn) {
        long left = size;
        if (poisson.length > 0) {
            int[] times = new int[poisson.length];
            do {
                left = size;
                for (int i = 0; i < times.length; i++) {
                    times[i] = poisson[i].draw(random);
                    left -= times[i];
                }
            } while (left < 0);
            for (int i = 0; i < times.length; i++) {
                if (times[i] > 0) {
                    drawn.add(i, times[i]);
                }
            }
        }
        for (; left > 0; left--) {
            drawn.add(single.draw(random), 1);
        }
    }
}
