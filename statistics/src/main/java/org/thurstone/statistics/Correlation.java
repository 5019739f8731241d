package org.thurstone.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Correlation coefficients of paired values, in [−1, 1]. */
public final class Correlation {

    private Correlation() {}

    /** Pearson's coefficient, of the values themselves. NaN if one of the two does not vary. */
    public static double pearson(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** Spearman's coefficient: Pearson's of the {@link #ranks}. NaN if one of the two does not vary. */
    public static double spearman(double[] x, double[] y) {
        return pearson(ranks(x), ranks(y));
    }

    /** Kendall's τ-a: pairs in the same order less pairs in the opposite order, over all pairs. A pair tied in either counts as neither. */
    public static double tauA(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += order(x[i], x[j]) * order(y[i], y[j]);
            }
        }
        return 2 * sum / ((double) x.length * (x.length - 1));
    }

    /**
     * Kendall's τ-b: as τ-a, but over the geometric mean of the pairs that are not tied in the one and those not tied in the other. NaN if one of
     * the two does not vary.
     */
    public static double tauB(double[] x, double[] y) {
        double sum = 0;
        double untiedX = 0;
        double untiedY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                int here = order(x[i], x[j]);
                int there = order(y[i], y[j]);
                sum += here * there;
                untiedX += here * here;
                untiedY += there * there;
            }
        }
        return sum / Math.sqrt(untiedX * untiedY);
    }

    /** The rank of each value, 1 for the smallest; equal ones have the mean of their ranks. */
    public static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (i, j) -> Double.compare(values[i], values[j]));
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int k = from; k < to; k++) {
                ranks[order[k]] = (from + 1 + to) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    /** −1, 0 or 1; the two zeros are equal. */
    private static int order(double a, double b) {
        return a > b ? 1 : a < b ? -1 : 0;
    }
}
