package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.linear.Cholesky;

/**
 * Quasi-variances (Firth and de Menezes 2004): a variance for each item such that the difference of any two has about the sum of theirs. They let a
 * reader judge every difference from one number per item. Found by least squares of the logarithms of all pairs' variances.
 *
 * <p>Of many items, the least squares are of the variances themselves: then the variances of the ratings are enough, and no pair has to be known
 * (see {@link #ofMany}).
 *
 * @param of each item's, in the square of the board's unit; NaN for an item that can be compared with fewer than two others
 * @param largestError the largest relative error of a standard error that is so approximated, among the pairs that were checked
 * @param checked how many pairs were checked; 0 for all
 */
public record QuasiVariances(double[] of, double largestError, int checked) {

    private static final int MOST_STEPS = 200;
    /** A pair of a large board costs the solution of a sparse system. */
    private static final int CHECKED = 64;

    /** The quasi-variances of all items. */
    public static QuasiVariances of(RatingErrors errors) {
        int n = errors.ratings().length;
        double[] all = new double[n];
        Arrays.fill(all, Double.NaN);
        double worst = 0;
        for (int[] members : groups(errors)) {
            if (members.length < 3) {
                continue;
            }
            double[] found = fitted(errors, members);
            for (int a = 0; a < members.length; a++) {
                all[members[a]] = found[a];
                for (int b = 0; b < a; b++) {
                    double ratio = (found[a] + found[b]) / errors.variance(members[a], members[b]);
                    worst = Math.max(worst, Math.abs(Math.sqrt(ratio) - 1));
                }
            }
        }
        return new QuasiVariances(all, worst, 0);
    }

    /**
     * The quasi-variances of many items. The least-squares solution for the variances of all pairs goes by the sum of each item's; where there is no
     * matrix, these follow from the variance c of each rating about the mean of its group of m: q = m/(m − 2) · (c − Σc/(m(m − 1))). It is exact where
     * errors are independent. How good it is else is checked on all pairs of a matrix, or else on pairs of neighbours in the order and on pairs that are drawn.
     */
    public static QuasiVariances ofMany(DifferenceErrors errors, long seed) {
        double[] all = new double[errors.ratings().length];
        Arrays.fill(all, Double.NaN);
        List<int[]> groups = groups(errors);
        for (int[] members : groups) {
            int m = members.length;
            double[] sums = sums(errors, members);
            double half = Arrays.stream(sums).sum() / (2 * (m - 1));
            for (int a = 0; a < m && m > 2; a++) {
                double own = (sums[a] - half) / (m - 2);
                all[members[a]] = own > 0 ? own : Double.NaN;
            }
        }
        if (errors instanceof RatingErrors matrix) {
            double worst = 0;
            for (int[] members : groups) {
                for (int i : members) {
                    for (int j : members) {
                        worst = i > j ? larger(worst, all, i, j, matrix.variance(i, j)) : worst;
                    }
                }
            }
            return new QuasiVariances(all, worst, 0);
        }
        int[][] pairs = checked(errors, all, seed);
        double[] exact = errors.variances(pairs[0], pairs[1]);
        double worst = 0;
        for (int k = 0; k < exact.length; k++) {
            worst = larger(worst, all, pairs[0][k], pairs[1][k], exact[k]);
        }
        return new QuasiVariances(all, worst, exact.length);
    }

    /** What each item's variances of differences with the others of its group add up to. */
    private static double[] sums(DifferenceErrors errors, int[] members) {
        if (errors instanceof RatingErrors matrix) {
            return Arrays.stream(members)
                    .mapToDouble(i -> Arrays.stream(members)
                            .mapToDouble(j -> i == j ? 0 : matrix.variance(i, j))
                            .sum())
                    .toArray();
        }
        double all = Arrays.stream(members).mapToDouble(errors::variance).sum();
        return Arrays.stream(members)
                .mapToDouble(i -> members.length * errors.variance(i) + all)
                .toArray();
    }

    /** The larger of an error and that of a pair, which is left out where there is no quasi-variance. */
    private static double larger(double worst, double[] quasi, int item, int other, double exact) {
        double error = Math.abs(Math.sqrt((quasi[item] + quasi[other]) / exact) - 1);
        return error > worst ? error : worst;
    }

    /** Pairs within groups, half of them neighbours in the order: a row of first items, and one of the others. */
    private static int[][] checked(DifferenceErrors errors, double[] known, long seed) {
        int[] largest = groups(errors).stream()
                .max(Comparator.comparingInt(members -> members.length))
                .map(members -> Arrays.stream(members)
                        .filter(i -> !Double.isNaN(known[i]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -errors.ratings()[i]))
                        .mapToInt(Integer::intValue)
                        .toArray())
                .orElse(new int[0]);
        int m = largest.length;
        if (m < 2) {
            return new int[2][0];
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[][] pairs = new int[2][CHECKED];
        for (int k = 0; k < CHECKED; k++) {
            boolean neighbours = k < CHECKED / 2;
            int one = neighbours ? (int) ((long) k * (m - 1) / (CHECKED / 2)) : random.nextInt(m);
            int other = neighbours ? one + 1 : (one + 1 + random.nextInt(m - 1)) % m;
            pairs[0][k] = largest[one];
            pairs[1][k] = largest[other];
        }
        return pairs;
    }

    private static List<int[]> groups(DifferenceErrors errors) {
        return List.copyOf(IntStream.range(0, errors.group().length)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> errors.group()[i],
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                members -> members.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray())))
                .values());
    }

    /** Gauss and Newton's method, with steps that keep every sum of two above zero. */
    private static double[] fitted(RatingErrors errors, int[] members) {
        int m = members.length;
        double[] q = start(errors, members);
        double lost = lost(errors, members, q);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] normal = new double[m][m];
            double[] right = new double[m];
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < a; b++) {
                    double sum = q[a] + q[b];
                    double residual = Math.log(errors.variance(members[a], members[b]) / sum) / sum;
                    double weight = 1 / (sum * sum);
                    right[a] += residual;
                    right[b] += residual;
                    normal[a][a] += weight;
                    normal[b][b] += weight;
                    normal[a][b] += weight;
                }
            }
            double[] move = Cholesky.of(normal).solve(right);
            double rate = 1;
            double[] next = moved(q, move, rate);
            double there = lost(errors, members, next);
            while (!(there <= lost) && rate > 1e-10) {
                rate /= 2;
                next = moved(q, move, rate);
                there = lost(errors, members, next);
            }
            double size = 0;
            for (int a = 0; a < m; a++) {
                size = Math.max(size, Math.abs(rate * move[a]) / Math.abs(q[a]));
            }
            q = next;
            lost = there;
            if (size < 1e-12) {
                break;
            }
        }
        return q;
    }

    /** As if errors were independent: each item's share of the variances of its pairs. */
    private static double[] start(RatingErrors errors, int[] members) {
        int m = members.length;
        double[] sums = sums(errors, members);
        double half = Arrays.stream(sums).sum() / (2 * (m - 1));
        double[] q = new double[m];
        for (int a = 0; a < m; a++) {
            q[a] = Math.max((sums[a] - half) / (m - 2), 0.05 * sums[a] / (m - 1));
        }
        return q;
    }

    private static double lost(RatingErrors errors, int[] members, double[] q) {
        double lost = 0;
        for (int a = 0; a < members.length; a++) {
            for (int b = 0; b < a; b++) {
                // A sum below zero has no logarithm: the loss is NaN, and the step is halved.
                double off = Math.log(errors.variance(members[a], members[b]) / (q[a] + q[b]));
                lost += off * off;
            }
        }
        return lost;
    }

    private static double[] moved(double[] q, double[] move, double rate) {
        double[] next = q.clone();
        for (int a = 0; a < q.length; a++) {
            next[a] += rate * move[a];
        }
        return next;
    }
}
