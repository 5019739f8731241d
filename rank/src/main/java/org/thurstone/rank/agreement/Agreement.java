package org.thurstone.rank.agreement;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Quantiles;

/**
 * Coefficients of agreement beyond chance: 1 is perfect, 0 what chance gives, below it is systematic disagreement. NaN where chance
 * cannot be distinguished from agreement, because all annotators gave the same label.
 */
public final class Agreement {

    private Agreement() {}

    /**
     * Cohen's kappa of two annotators over the items that both labelled, with Fleiss, Cohen and Everitt's (1969) large-sample 95 %
     * interval.
     *
     * @param table how often the first gave the row's label and the second the column's, categories × categories
     */
    public static Estimate cohen(int[][] table) {
        int k = table.length;
        double[] rows = new double[k];
        double[] columns = new double[k];
        int n = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                rows[i] += table[i][j];
                columns[j] += table[i][j];
                n += table[i][j];
            }
        }
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < k; i++) {
            observed += table[i][i] / (double) n;
            expected += rows[i] / n * columns[i] / n;
        }
        if (n == 0 || expected == 1) return Estimate.none(n);
        double kappa = (observed - expected) / (1 - expected);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double weight = i == j ? 1 - expected : 0;
                double part = weight - (columns[i] + rows[j]) / n * (1 - observed);
                sum += table[i][j] / (double) n * part * part;
            }
        }
        double centre = observed * expected - 2 * expected + observed;
        double variance = (sum - centre * centre) / (n * Math.pow(1 - expected, 4));
        return Estimate.of(kappa, Math.sqrt(Math.max(0, variance)), n).within(-1, 1);
    }

    /**
     * Fleiss's kappa of any number of interchangeable annotators, with a 95 % percentile interval from resampled items. Items with fewer
     * than two labels are left out; where the numbers of labels differ, each item's own share of agreeing pairs is averaged.
     *
     * @param counts items × categories
     */
    public static Estimate fleiss(int[][] counts, int resamples, RandomGenerator random) {
        return resampled(counts, Agreement::fleiss, resamples, random);
    }

    private static double fleiss(int[][] counts) {
        double agreement = 0;
        double[] totals = new double[counts[0].length];
        double all = 0;
        for (int[] item : counts) {
            double n = Arrays.stream(item).sum();
            double pairs = 0;
            for (int c = 0; c < item.length; c++) {
                pairs += item[c] * (item[c] - 1.0);
                totals[c] += item[c];
            }
            agreement += pairs / (n * (n - 1));
            all += n;
        }
        agreement /= counts.length;
        double chance = 0;
        for (double total : totals) chance += total / all * (total / all);
        return chance == 1 ? Double.NaN : (agreement - chance) / (1 - chance);
    }

    /**
     * Krippendorff's alpha, for any number of annotators, labels missing or not, with a 95 % percentile interval from resampled items.
     *
     * @param labels items with fewer than two labels count for nothing
     * @throws IllegalArgumentException if the distance needs numbers and a label is none
     */
    public static Estimate krippendorff(Labels labels, Disagreement distance, int resamples, RandomGenerator random) {
        return resampled(
                labels.counts(),
                counts -> {
                    double[] totals = new double[labels.categories().size()];
                    for (int[] item : counts) for (int c = 0; c < totals.length; c++) totals[c] += item[c];
                    return alpha(counts, totals, distance.squared(labels.categories(), totals));
                },
                resamples,
                random);
    }

    private static double alpha(int[][] counts, double[] totals, double[][] squared) {
        double observed = 0;
        double n = 0;
        for (int[] item : counts) {
            double m = 0;
            double apart = 0;
            for (int a = 0; a < item.length; a++) {
                m += item[a];
                for (int b = 0; b < a && item[a] > 0; b++) apart += 2.0 * item[a] * item[b] * squared[a][b];
            }
            observed += apart / (m - 1);
            n += m;
        }
        double expected = 0;
        for (int a = 0; a < totals.length; a++) {
            for (int b = 0; b < a; b++) expected += 2 * totals[a] * totals[b] * squared[a][b];
        }
        return expected == 0 ? Double.NaN : 1 - observed * (n - 1) / expected;
    }

    /** A coefficient with its 95 % bootstrap interval. */
    private interface Coefficient {
        double of(int[][] counts);
    }

    private static Estimate resampled(int[][] all, Coefficient coefficient, int resamples, RandomGenerator random) {
        int[][] counts =
                Arrays.stream(all).filter(item -> Arrays.stream(item).sum() > 1).toArray(int[][]::new);
        if (counts.length == 0) return Estimate.none(0);
        double[] values = new double[resamples];
        int[][] drawn = new int[counts.length][];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < drawn.length; i++) drawn[i] = counts[random.nextInt(counts.length)];
            values[r] = coefficient.of(drawn);
        }
        double[] finite =
                Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        double low = finite.length == 0 ? Double.NaN : Quantiles.interpolated(finite, 0.025);
        double high = finite.length == 0 ? Double.NaN : Quantiles.interpolated(finite, 0.975);
        return new Estimate(coefficient.of(counts), low, high, counts.length);
    }
}
