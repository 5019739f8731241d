package org.thurstone.lab;

import java.util.Arrays;
import org.thurstone.rank.linear.Normal;
import org.thurstone.report.Cell;
import org.thurstone.report.Point;

/**
 * The mean of a figure over seeds with its 95 % interval by Student's t: seeds are few, and the normal's interval would be too narrow.
 *
 * @param low NaN where there is one seed, or nothing random
 * @param high NaN likewise
 * @param seeds how many values it is the mean of
 */
public record Measured(double mean, double low, double high, int seeds) {

    /** Of one value a seed. */
    public static Measured of(double... values) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        if (n < 2) {
            return new Measured(mean, Double.NaN, Double.NaN, n);
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double half = quantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
        return new Measured(mean, mean - half, mean + half, n);
    }

    /** Of a − b, seed by seed. */
    public static Measured difference(double[] a, double[] b) {
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        return of(differences);
    }

    /** Whether the whole interval lies below a number; of a single value, whether that does. */
    public boolean below(double bound) {
        return Double.isNaN(high) ? mean < bound : high < bound;
    }

    /** Whether the whole interval lies above a number; of a single value, whether that does. */
    public boolean above(double bound) {
        return Double.isNaN(low) ? mean > bound : low > bound;
    }

    /** Whether the interval reaches a number. */
    public boolean around(double value) {
        return low <= value && value <= high;
    }

    public Cell cell(int decimals) {
        return Double.isNaN(low) ? Cell.number(mean, decimals) : Cell.number(mean, low, high, decimals);
    }

    public Point at(double x) {
        return Point.of(x, mean, low, high);
    }

    /**
     * The 97.5 % quantile of Student's t: up to nine degrees of freedom from tables, above by Cornish and Fisher's expansion about the
     * normal (Abramowitz and Stegun 26.7.5), then right to three decimals.
     */
    static double quantile(int freedom) {
        double[] few = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};
        if (freedom <= few.length) {
            return few[freedom - 1];
        }
        double z = Normal.quantile(0.975);
        double z3 = Math.pow(z, 3);
        double z5 = Math.pow(z, 5);
        double z7 = Math.pow(z, 7);
        double n = freedom;
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }
}
