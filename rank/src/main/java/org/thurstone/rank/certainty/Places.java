package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
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

    /** Up to so many items there are places that hold for all at once; for more, only those of each item alone. */
    public static final int MOST_TOGETHER = 5_000;

    private static final int TILE = 64;
    private static final int SUMS = 128;

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
            return counted(ratings, (i, j) -> inverse[i][j], 0, comparable);
        }
        Cholesky root = Cholesky.of(raised);
        double critical = critical(
                IntStream.range(0, draws)
                        .parallel()
                        .mapToDouble(draw -> largest(root.times(normals(seed, draw, n)), inverse))
                        .toArray(),
                level);
        return counted(ratings, (i, j) -> inverse[i][j], critical, comparable);
    }

    /**
     * By errors that were drawn, such as a bootstrap's.
     *
     * @param drawn a row of ratings for each draw
     */
    public static Kinds ofDraws(double[] ratings, double[][] drawn, double level) {
        double[][] errors = new double[ratings.length][drawn.length];
        for (int d = 0; d < drawn.length; d++) {
            for (int i = 0; i < ratings.length; i++) {
                errors[i][d] = drawn[d][i] - ratings[i];
            }
        }
        return ofErrors(ratings, errors, level, (i, j) -> true);
    }

    /**
     * Places of both kinds.
     *
     * @param together those that hold for all items at once
     * @param alone those of each item considered alone
     */
    public record Kinds(Places together, Places alone) {}

    /**
     * By drawn errors: the standard error of a difference is that of the drawn ones.
     *
     * @param errors a row of draws for each item
     */
    public static Kinds ofErrors(double[] ratings, double[][] errors, double level, Comparability comparable) {
        Differences differences = Differences.of(errors, comparable);
        return new Kinds(
                counted(ratings, differences::inverse, critical(differences.largest(), level), comparable),
                counted(ratings, differences::inverse, Normal.quantile((1 + level) / 2), comparable));
    }

    /**
     * What the drawn errors of all pairs say of their differences.
     *
     * @param inverses one over the standard error of the difference with each earlier item; 0 where there is none
     * @param largest the largest standardised difference of each draw
     */
    private record Differences(double[][] inverses, double[] largest) {

        static Differences of(double[][] errors, Comparability comparable) {
            int n = errors.length;
            int draws = n == 0 ? 0 : errors[0].length;
            double[][] inverses = new double[n][];
            double[] largest = IntStream.range(0, (n + TILE - 1) / TILE)
                    .parallel()
                    .mapToObj(tile -> {
                        double[] most = new double[draws];
                        double[] sums = new double[SUMS];
                        int to = Math.min(n, (tile + 1) * TILE);
                        for (int i = tile * TILE; i < to; i++) {
                            inverses[i] = new double[i];
                        }
                        // Some items against one, so that the draws of both stay in the processor's cache.
                        for (int j = 0; j < to; j++) {
                            for (int i = Math.max(j + 1, tile * TILE); i < to; i++) {
                                double squares = comparable.comparable(i, j) ? squares(errors[i], errors[j], sums) : 0;
                                inverses[i][j] = squares > 0 ? 1 / Math.sqrt(squares / draws) : 0;
                                raise(most, errors[i], errors[j], inverses[i][j]);
                            }
                        }
                        return most;
                    })
                    .reduce(new double[draws], Places::larger);
            return new Differences(inverses, largest);
        }

        double inverse(int item, int other) {
            return item > other ? inverses[item][other] : inverses[other][item];
        }
    }

    private static double[] larger(double[] a, double[] b) {
        double[] larger = new double[a.length];
        for (int d = 0; d < a.length; d++) {
            larger[d] = Math.max(a[d], b[d]);
        }
        return larger;
    }

    /** The sum of squared differences, in several sums, for the compiler may not reorder one. */
    private static double squares(double[] a, double[] b, double[] sums) {
        Arrays.fill(sums, 0);
        for (int from = 0; from < a.length; from += sums.length) {
            int count = Math.min(sums.length, a.length - from);
            for (int d = 0; d < count; d++) {
                double difference = a[from + d] - b[from + d];
                sums[d] += difference * difference;
            }
        }
        double even = 0;
        double odd = 0;
        for (int d = 0; d < sums.length; d += 2) {
            even += sums[d];
            odd += sums[d + 1];
        }
        return even + odd;
    }

    private static void raise(double[] most, double[] a, double[] b, double factor) {
        for (int d = 0; d < most.length; d++) {
            most[d] = Math.max(most[d], Math.abs(a[d] - b[d]) * factor);
        }
    }

    /**
     * Places of each item alone, of any number of items: the errors of two items are taken as independent, as those of items with many opponents
     * nearly are.
     *
     * @param errors standard errors of the ratings
     * @param group of each item; only items of one group are compared
     */
    public static Places alone(double[] ratings, double[] errors, double level, int[] group) {
        int n = ratings.length;
        int[] better = new int[n];
        int[] worse = new int[n];
        double quantile = Normal.quantile((1 + level) / 2);
        Map<Integer, List<Integer>> groups =
                IntStream.range(0, n).boxed().collect(Collectors.groupingBy(i -> group[i]));
        for (List<Integer> members : groups.values()) {
            int[] order = members.stream()
                    .sorted(Comparator.comparingDouble(i -> ratings[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double[] rating = Arrays.stream(order).mapToDouble(i -> ratings[i]).toArray();
            double[] variance = Arrays.stream(order)
                    .mapToDouble(i -> quantile * quantile * errors[i] * errors[i])
                    .toArray();
            double least = Arrays.stream(variance).min().orElse(0);
            double most = Arrays.stream(variance).max().orElse(0);
            IntStream.range(0, order.length).parallel().forEach(at -> {
                double from = Math.sqrt(variance[at] + least);
                double to = Math.sqrt(variance[at] + most);
                int i = order[at];
                // Beyond the second bound all are better; between the two it depends on the other's error.
                int surelyBetter = firstFrom(rating, Math.nextUp(rating[at] + to));
                better[i] = order.length - surelyBetter;
                for (int other = firstFrom(rating, rating[at] + from); other < surelyBetter; other++) {
                    better[i] += apart(rating, variance, at, other) ? 1 : 0;
                }
                int surelyWorse = firstFrom(rating, rating[at] - to);
                worse[i] = surelyWorse;
                int maybeWorse = firstFrom(rating, rating[at] - from);
                for (int other = surelyWorse; other < maybeWorse; other++) {
                    worse[i] += apart(rating, variance, at, other) ? 1 : 0;
                }
            });
        }
        return new Places(better, worse);
    }

    /** The first index whose rating is at least so large; ratings ascend. */
    private static int firstFrom(double[] rating, double bound) {
        int from = 0;
        int to = rating.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (rating[middle] < bound) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static boolean apart(double[] rating, double[] variance, int one, int other) {
        double gap = rating[one] - rating[other];
        return gap * gap > variance[one] + variance[other];
    }

    /** Places of each item alone, by the normal approximation: an item is above another if their difference alone says so at this level. */
    public static Places alone(double[] ratings, double[][] covariance, double level, Comparability comparable) {
        double[][] inverse = inverseErrors(covariance, comparable);
        return counted(ratings, (i, j) -> inverse[i][j], Normal.quantile((1 + level) / 2), comparable);
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

    /** One over the standard error of a difference; 0 where there is none. */
    @FunctionalInterface
    private interface InverseErrors {
        double of(int item, int other);
    }

    private static Places counted(double[] ratings, InverseErrors inverse, double critical, Comparability comparable) {
        int n = ratings.length;
        int[] better = new int[n];
        int[] worse = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && comparable.comparable(i, j)) {
                    double gap = (ratings[j] - ratings[i]) * inverse.of(i, j);
                    better[i] += gap > critical ? 1 : 0;
                    worse[i] += -gap > critical ? 1 : 0;
                }
            }
        }
        return new Places(better, worse);
    }
}
