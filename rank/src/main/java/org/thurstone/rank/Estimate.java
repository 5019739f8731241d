package org.thurstone.rank;

import java.util.Arrays;

/**
 * A mean with its 95 % interval.
 *
 * @param count how many values it is the mean of
 */
public record Estimate(double mean, double low, double high, int count) {

    private static final double Z = 1.959963984540054;

    /** Of a share of successes, by Wilson's score interval, which stays inside 0 … 1 and is sound near its ends. */
    public static Estimate ofShare(int successes, int count) {
        if (count == 0) {
            return new Estimate(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double p = (double) successes / count;
        double centre = (p + Z * Z / (2 * count)) / (1 + Z * Z / count);
        double half = Z / (1 + Z * Z / count) * Math.sqrt(p * (1 - p) / count + Z * Z / (4.0 * count * count));
        return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half), count);
    }

    /** Of independent values, by their standard error; shares of zeros and ones are given Wilson's interval. */
    public static Estimate ofMean(double[] values) {
        int n = values.length;
        boolean shares = true;
        double sum = 0;
        for (double v : values) {
            sum += v;
            shares &= v == 0 || v == 1;
        }
        return shares ? ofShare((int) sum, n) : ofDifferences(values);
    }

    /** Of independent values by their standard error, also where they happen to be zeros and ones. */
    public static Estimate ofDifferences(double[] values) {
        int n = values.length;
        double mean = Arrays.stream(values).sum() / n;
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        double half = n > 1 ? Z * Math.sqrt(squares / (n - 1) / n) : Double.NaN;
        return new Estimate(mean, mean - half, mean + half, n);
    }
}
