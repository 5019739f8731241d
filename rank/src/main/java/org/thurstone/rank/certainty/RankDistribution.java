package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Quantiles;

/**
 * The distribution of each item's rank within its group, if ratings scatter about their estimates as their errors do: drawn ratings are ordered and
 * counted.
 *
 * @param best how probable it is that the item has the highest strength; these add up to 1 in each group
 * @param mean the mean rank, from 1
 * @param low the rank that a share of (1 − level)/2 of the draws does not exceed
 * @param high the rank that a share of (1 + level)/2 of the draws does not exceed
 */
public record RankDistribution(double[] best, double[] mean, int[] low, int[] high) {

    /** Draws ratings with normal errors. */
    public static RankDistribution of(RatingErrors errors, double level, int draws, long seed) {
        int n = errors.ratings().length;
        Cholesky root = Cholesky.of(definite(errors.covariance()));
        int[][] ranks = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> {
                    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + draw);
                    double[] z = new double[n];
                    Arrays.setAll(z, i -> random.nextGaussian());
                    double[] drawn = root.times(z);
                    Arrays.setAll(drawn, i -> errors.ratings()[i] + drawn[i]);
                    return ranks(drawn, errors.group());
                })
                .toArray(int[][]::new);
        return counted(ranks, level);
    }

    /** Counts ratings whose errors were drawn; empty if there are none. */
    public static Optional<RankDistribution> ofDrawn(DifferenceErrors errors, double level) {
        return errors.drawn()
                .filter(drawn -> drawn.length > 0 && drawn[0].length > 0)
                .map(drawn -> {
                    int[][] ranks = IntStream.range(0, drawn[0].length)
                            .parallel()
                            .mapToObj(draw -> {
                                double[] ratings = new double[drawn.length];
                                Arrays.setAll(ratings, i -> errors.ratings()[i] + drawn[i][draw]);
                                return ranks(ratings, errors.group());
                            })
                            .toArray(int[][]::new);
                    return counted(ranks, level);
                });
    }

    private static RankDistribution counted(int[][] ranks, double level) {
        int draws = ranks.length;
        int n = ranks[0].length;
        double[] best = new double[n];
        double[] mean = new double[n];
        int[] low = new int[n];
        int[] high = new int[n];
        for (int i = 0; i < n; i++) {
            int item = i;
            double[] of =
                    Arrays.stream(ranks).mapToDouble(r -> r[item]).sorted().toArray();
            best[i] = Arrays.stream(of).filter(r -> r == 1).count() / (double) draws;
            mean[i] = Arrays.stream(of).average().orElse(Double.NaN);
            low[i] = (int) Quantiles.reached(of, (1 - level) / 2);
            high[i] = (int) Quantiles.reached(of, (1 + level) / 2);
        }
        return new RankDistribution(best, mean, low, high);
    }

    private static int[] ranks(double[] drawn, int[] group) {
        int n = drawn.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) ->
                        group[a] != group[b] ? Integer.compare(group[a], group[b]) : Double.compare(drawn[b], drawn[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[n];
        for (int k = 0; k < n; k++) {
            boolean first = k == 0 || group[order[k]] != group[order[k - 1]];
            ranks[order[k]] = first ? 1 : ranks[order[k - 1]] + 1;
        }
        return ranks;
    }

    /** Differences do not see a common error, which makes the matrix definite. */
    private static double[][] definite(double[][] covariance) {
        int n = covariance.length;
        double mean = IntStream.range(0, n)
                .mapToDouble(i -> covariance[i][i])
                .average()
                .orElse(0);
        double[][] raised = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                raised[i][j] = covariance[i][j] + mean;
            }
            raised[i][i] += 1e-9 * mean + Double.MIN_NORMAL;
        }
        return raised;
    }
}
