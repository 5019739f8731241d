package org.thurstone.rank.audit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Quantiles;

/**
 * Errors of all ratings at once, drawn from a normal distribution with the covariance of the fit.
 *
 * @param covariance of the ratings
 * @param draws a row of errors for each draw
 */
record JointErrors(double[][] covariance, double[][] draws) {

    static JointErrors of(double[][] covariance, int draws, long seed) {
        int n = covariance.length;
        double trace = IntStream.range(0, n).mapToDouble(i -> covariance[i][i]).sum();
        double[][] raised = new double[n][];
        for (int i = 0; i < n; i++) {
            raised[i] = Arrays.copyOf(covariance[i], n);
            // Ratings have mean zero, so their covariance is singular; a common error makes it definite and moves no
            // difference.
            for (int j = 0; j < n; j++) {
                raised[i][j] += trace / n;
            }
            raised[i][i] += 1e-9 * trace / n;
        }
        Cholesky root = Cholesky.of(raised);
        SplittableRandom seeds = new SplittableRandom(seed);
        SplittableRandom[] generators =
                IntStream.range(0, draws).mapToObj(d -> seeds.split()).toArray(SplittableRandom[]::new);
        double[][] drawn = Arrays.stream(generators)
                .parallel()
                .map(random -> root.times(IntStream.range(0, n)
                        .mapToDouble(i -> random.nextGaussian())
                        .toArray()))
                .toArray(double[][]::new);
        return new JointErrors(covariance, drawn);
    }

    /** The standard error of the difference of two ratings. */
    double of(int item, int other) {
        return Math.sqrt(Math.max(
                0,
                covariance[item][item] + covariance[other][other] - covariance[item][other] - covariance[other][item]));
    }

    /** The quantile of the largest standardised error of these differences: with the level's probability all are within it. */
    double critical(List<int[]> pairs, double level) {
        double[] largest = Arrays.stream(draws)
                .mapToDouble(error -> pairs.stream()
                        .filter(p -> of(p[0], p[1]) > 0)
                        .mapToDouble(p -> Math.abs(error[p[0]] - error[p[1]]) / of(p[0], p[1]))
                        .max()
                        .orElse(0))
                .sorted()
                .toArray();
        return Quantiles.reached(largest, level);
    }
}
