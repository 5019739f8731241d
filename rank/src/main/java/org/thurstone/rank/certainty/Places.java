package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Normal;
import org.thurstone.statistics.Quantiles;

/**
 * Best and worst places that hold for all items at once (Mogstad, Romano, Shaikh and Wilhelm 2024): an item is surely below another if
 * their difference exceeds a critical value times its standard error, and that value is the quantile of the largest of all pairs'
 * standardised errors. Then with the level's probability no pair is called wrongly, and every place is within its bounds.
 *
 * @param better how many items are surely better, for each item
 * @param worse how many items are surely worse, for each item
 */
public record Places(int[] better, int[] worse) {

    /** Whether two items may be compared at all. */
    @FunctionalInterface
    public interface Comparability {
        boolean comparable(int item, int other);
    }

    /**
     * By the normal approximation.
     *
     * @param covariance of the ratings
     * @param draws of the simulated errors that the critical value comes from
     */
    public static Places of(
            double[] ratings, double[][] covariance, double level, int draws, long seed, Comparability comparable) {
        int n = ratings.length;
        double[][] inverse = inverseErrors(covariance, comparable);
        double[][] raised = new double[n][n];
        double trace = IntStream.range(0, n).mapToDouble(i -> covariance[i][i]).sum();
        for (int i = 0; i < n; i++) {
            raised[i] = Arrays.copyOf(covariance[i], n);
            // Only differences count, and those do not see a common error: it makes the matrix definite.
            for (int j = 0; j < n; j++) {
                raised[i][j] += trace / n;
            }
            raised[i][i] += 1e-9 * trace / n;
        }
        if (n < 2 || !(trace > 0)) {
            return counted(ratings, inverse, 0, comparable);
        }
        Cholesky root = Cholesky.of(raised);
        double critical = critical(
                IntStream.range(0, draws)
                        .parallel()
                        .mapToDouble(draw -> largest(root.times(normals(seed, draw, n)), inverse))
                        .toArray(),
                level);
        return counted(ratings, inverse, critical, comparable);
    }

    /**
     * By errors that were drawn, such as a bootstrap's.
     *
     * @param drawn a row of ratings for each draw
     */
    public static Places ofDraws(double[] ratings, double[][] drawn, double level) {
        int n = ratings.length;
        double[][] inverse = inverseErrors(ratings, drawn);
        double critical = critical(
                Arrays.stream(drawn)
                        .parallel()
                        .mapToDouble(draw -> largest(
                                IntStream.range(0, n)
                                        .mapToDouble(i -> draw[i] - ratings[i])
                                        .toArray(),
                                inverse))
                        .toArray(),
                level);
        return counted(ratings, inverse, critical, (i, j) -> true);
    }

    /** Places of each item alone, by the normal approximation: an item is above another if their difference alone says so at this level. */
    public static Places alone(double[] ratings, double[][] covariance, double level, Comparability comparable) {
        return counted(ratings, inverseErrors(covariance, comparable), Normal.quantile((1 + level) / 2), comparable);
    }

    /** Places of each item alone, by errors that were drawn. */
    public static Places aloneOfDraws(double[] ratings, double[][] drawn, double level) {
        return counted(ratings, inverseErrors(ratings, drawn), Normal.quantile((1 + level) / 2), (i, j) -> true);
    }

    private static double[][] inverseErrors(double[][] covariance, Comparability comparable) {
        int n = covariance.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double variance = covariance[i][i] + covariance[j][j] - covariance[i][j] - covariance[j][i];
                inverse[i][j] = i != j && comparable.comparable(i, j) && variance > 0 ? 1 / Math.sqrt(variance) : 0;
            }
        }
        return inverse;
    }

    private static double[][] inverseErrors(double[] ratings, double[][] drawn) {
        int n = ratings.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double squares = 0;
                for (double[] draw : drawn) {
                    double error = draw[i] - draw[j] - ratings[i] + ratings[j];
                    squares += error * error;
                }
                inverse[i][j] = squares > 0 ? 1 / Math.sqrt(squares / drawn.length) : 0;
                inverse[j][i] = inverse[i][j];
            }
        }
        return inverse;
    }

    private static double[] normals(long seed, int draw, int n) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = random.nextGaussian();
        }
        return z;
    }

    private static double largest(double[] errors, double[][] inverse) {
        double largest = 0;
        for (int i = 0; i < errors.length; i++) {
            double[] row = inverse[i];
            double error = errors[i];
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(error - errors[j]) * row[j]);
            }
        }
        return largest;
    }

    private static double critical(double[] errors, double level) {
        if (errors.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(errors);
        return Quantiles.reached(errors, level);
    }

    private static Places counted(double[] ratings, double[][] inverse, double critical, Comparability comparable) {
        int n = ratings.length;
        int[] better = new int[n];
        int[] worse = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && comparable.comparable(i, j)) {
                    double gap = (ratings[j] - ratings[i]) * inverse[i][j];
                    better[i] += gap > critical ? 1 : 0;
                    worse[i] += -gap > critical ? 1 : 0;
                }
            }
        }
        return new Places(better, worse);
    }
}
