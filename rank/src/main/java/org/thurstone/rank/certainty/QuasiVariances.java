package org.thurstone.rank.certainty;

import java.util.Arrays;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.linear.Cholesky;

/**
 * Quasi-variances (Firth and de Menezes 2004): a variance for each item such that the difference of any two has about the sum of theirs. They let a
 * reader judge every difference from one number per item. Found by least squares of the logarithms of all pairs' variances.
 *
 * @param of each item's, in the square of the board's unit; NaN for an item that can be compared with fewer than two others
 * @param largestError the largest relative error of a standard error that is so approximated
 */
public record QuasiVariances(double[] of, double largestError) {

    private static final int MOST_STEPS = 200;

    /** The quasi-variances of all items. */
    public static QuasiVariances of(RatingErrors errors) {
        int n = errors.ratings().length;
        double[] all = new double[n];
        Arrays.fill(all, Double.NaN);
        double worst = 0;
        for (int g : Arrays.stream(errors.group()).distinct().toArray()) {
            int[] members = java.util.stream.IntStream.range(0, n)
                    .filter(i -> errors.group()[i] == g)
                    .toArray();
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
        return new QuasiVariances(all, worst);
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
        double[] sums = new double[m];
        double all = 0;
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < m; b++) {
                sums[a] += a == b ? 0 : errors.variance(members[a], members[b]);
            }
            all += sums[a];
        }
        double half = all / (2 * (m - 1));
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
