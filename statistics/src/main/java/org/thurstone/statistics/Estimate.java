package org.thurstone.statistics;

/**
 * An estimate with its 95 % interval.
 *
 * @param mean the estimate itself, which is often a mean; NaN where there is none
 * @param low NaN where there is no interval
 * @param high NaN likewise
 * @param count number of values that it was computed from
 */
public record Estimate(double mean, double low, double high, int count) {

    /** An estimate whose error is about normal. */
    public static Estimate of(double value, double standardError, int count) {
        double half = Normal.TWO_SIDED_95 * standardError;
        return new Estimate(value, value - half, value + half, count);
    }

    /** No estimate: all figures are NaN. */
    public static Estimate none(int count) {
        return new Estimate(Double.NaN, Double.NaN, Double.NaN, count);
    }

    /**
     * The share of successes with Wilson's score interval (1927), which stays inside [0, 1] and keeps its coverage near both ends.
     *
     * @param successes a tie may count as half a success; the interval is then wider than necessary
     */
    public static Estimate ofShare(double successes, int count) {
        if (count == 0) {
            return none(0);
        }
        double z = Normal.TWO_SIDED_95;
        double p = successes / count;
        double centre = (p + z * z / (2 * count)) / (1 + z * z / count);
        double half = z / (1 + z * z / count) * Math.sqrt(p * (1 - p) / count + z * z / (4.0 * count * count));
        return new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half), count);
    }

    /** The mean of independent values, by its standard error; zeros and ones are a share and get Wilson's interval. */
    public static Estimate ofMean(double[] values) {
        boolean shares = true;
        double sum = 0;
        for (double v : values) {
            sum += v;
            shares &= v == 0 || v == 1;
        }
        return shares ? ofShare(sum, values.length) : ofDifferences(values);
    }

    /** The mean of independent values by its standard error, also where they happen to be zeros and ones. */
    public static Estimate ofDifferences(double[] values) {
        Moments moments = Moments.of(values);
        return of(moments.mean(), moments.standardError(), moments.count());
    }

    /** The same estimate with its interval cut to the range of possible values. */
    public Estimate within(double least, double most) {
        return new Estimate(mean, Math.max(least, low), Math.min(most, high), count);
    }
}
