package org.thurstone.statistics;

import java.util.Arrays;

/** Quantiles of a sample, by two of the definitions that Hyndman and Fan (1996) number. */
public final class Quantiles {

    private Quantiles() {}

    /**
     * Linear between the two nearest values (type 7, the default of R and NumPy).
     *
     * @param sorted ascending, at least one
     * @param share in [0, 1]: 0 is the least value, 1 the largest
     */
    public static double interpolated(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * The smallest value that at least a share of all values do not exceed (type 1, the inverse of the empirical distribution).
     *
     * @param sorted ascending, at least one
     * @param share in [0, 1]
     */
    public static double reached(double[] sorted, double share) {
        return sorted[Math.clamp((int) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
    }

    /**
     * The value in the middle; of an even number of values the mean of the two in the middle.
     *
     * @param values in any order, at least one
     */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
