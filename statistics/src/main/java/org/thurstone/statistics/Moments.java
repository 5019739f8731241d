package org.thurstone.statistics;

import java.util.Arrays;

/**
 * The mean and the scatter of a sample.
 *
 * @param count of values
 * @param mean NaN without values
 * @param squares the sum of squared differences from the mean
 */
public record Moments(int count, double mean, double squares) {

    /** The moments of some values, in two passes, each by compensated summation. */
    public static Moments of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return new Moments(
                values.length,
                mean,
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum());
    }

    /** The unbiased estimate (over n − 1) of the variance that the values were drawn with; NaN of fewer than two. */
    public double variance() {
        return count < 2 ? Double.NaN : squares / (count - 1);
    }

    /** The square root of {@link #variance}. */
    public double deviation() {
        return Math.sqrt(variance());
    }

    /** Standard error of the mean, if the values are independent; NaN for fewer than two. */
    public double standardError() {
        return Math.sqrt(variance() / count);
    }
}
