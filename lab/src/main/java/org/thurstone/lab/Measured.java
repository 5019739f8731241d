package org.thurstone.lab;

import java.util.List;
import org.thurstone.report.Cell;
import org.thurstone.report.Point;
import org.thurstone.statistics.Moments;
import org.thurstone.statistics.StudentT;

/**
 * The mean of a figure over seeds with its 95 % interval by Student's t: seeds are few, and the normal's interval would be too narrow.
 *
 * @param low NaN where there is one seed, or nothing random
 * @param high NaN likewise
 * @param seeds how many values it is the mean of
 */
public record Measured(double mean, double low, double high, int seeds) {

    /** The measurement from one value per seed. */
    public static Measured of(double... values) {
        Moments moments = Moments.of(values);
        int n = moments.count();
        double half = n < 2 ? Double.NaN : StudentT.twoSided95(n - 1) * moments.standardError();
        return new Measured(moments.mean(), moments.mean() - half, moments.mean() + half, n);
    }

    /**
     * The difference a − b, seed by seed.
     *
     * @throws IllegalArgumentException if they are of different numbers of seeds
     */
    public static Measured difference(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("values of " + a.length + " and " + b.length + " seeds are compared");
        }
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        return of(differences);
    }

    /** The values of the arm with the lowest mean, that is, of an arm tuned with knowledge of the truth; the first of equals. */
    public static double[] least(List<double[]> arms) {
        return arms.stream().reduce((a, b) -> of(b).mean < of(a).mean ? b : a).orElseThrow();
    }

    /** Likewise those with the largest mean. */
    public static double[] most(List<double[]> arms) {
        return arms.stream().reduce((a, b) -> of(b).mean > of(a).mean ? b : a).orElseThrow();
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
}
