package org.thurstone.rank.cycle;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;

/**
 * Strengths θ, blades b and chests c that make wins most probable: the log-odds of i over j are θ_i − θ_j + b_i·c_j − b_j·c_i. A normal
 * prior on all of them keeps them finite and chooses among the many vectors that say the same. It is climbed by Fisher scoring with a line
 * search from the plane in which the residuals of the strengths turn most; with no dimensions it is Bradley–Terry, and concave.
 */
final class CycleFit {

    private static final int MOST_STEPS = 200;
    private static final double ENOUGH = 1e-10;
    private static final int TURNS = 100;

    private final double[][] wins;
    private final int n;
    private final int dimensions;
    private final double ridge;
    private final double[] at;
    private double value;

    /** @param wins the row's over the column's; what was tied is half in either */
    CycleFit(double[][] wins, int dimensions, double ridge) {
        this.wins = wins;
        this.n = wins.length;
        this.dimensions = dimensions;
        this.ridge = ridge;
        this.at = new double[n * (1 + 2 * dimensions)];
        if (dimensions > 0) {
            start(new CycleFit(wins, 0, ridge));
        }
        this.value = value(at);
        climb();
    }

    /** The log-likelihood less the prior's penalty. */
    double value() {
        return value;
    }

    /** Where it is highest: strengths, then the blades of each dimension, then the chests. */
    double[] at() {
        return at.clone();
    }

    double logit(int i, int j) {
        return logit(at, i, j);
    }

    private double logit(double[] p, int i, int j) {
        double logit = p[i] - p[j];
        for (int d = 0; d < dimensions; d++) {
            int blades = n * (1 + d);
            int chests = n * (1 + dimensions + d);
            logit += p[blades + i] * p[chests + j] - p[blades + j] * p[chests + i];
        }
        return logit;
    }

    private double value(double[] p) {
        double sum = 0;
        for (double x : p) {
            sum -= ridge / 2 * x * x;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double met = wins[i][j] + wins[j][i];
                if (met > 0) {
                    double z = logit(p, i, j);
                    // log σ(z) = min(z, 0) − log(1 + e^−|z|), and log σ(−z) likewise.
                    sum += wins[i][j] * Math.min(z, 0)
                            - wins[j][i] * Math.max(z, 0)
                            - met * Math.log1p(Math.exp(-Math.abs(z)));
                }
            }
        }
        return sum;
    }

    /** The slope of the value at a point; the expected curvature is added to the lower triangle that is given. */
    double[] slope(double[] p, double[][] information) {
        double[] slope = new double[p.length];
        for (int k = 0; k < p.length; k++) {
            slope[k] = -ridge * p[k];
            information[k][k] += ridge;
        }
        int width = 2 + 4 * dimensions;
        int[] where = new int[width];
        double[] by = new double[width];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double met = wins[i][j] + wins[j][i];
                if (met == 0) {
                    continue;
                }
                double chance = 1 / (1 + Math.exp(-logit(p, i, j)));
                double residual = wins[i][j] - met * chance;
                double weight = met * chance * (1 - chance);
                derivatives(p, i, j, where, by);
                for (int a = 0; a < width; a++) {
                    slope[where[a]] += residual * by[a];
                    for (int b = 0; b < width; b++) {
                        if (where[b] <= where[a]) {
                            information[where[a]][where[b]] += weight * by[a] * by[b];
                        }
                    }
                }
            }
        }
        return slope;
    }

    private void derivatives(double[] p, int i, int j, int[] where, double[] by) {
        where[0] = i;
        by[0] = 1;
        where[1] = j;
        by[1] = -1;
        for (int d = 0; d < dimensions; d++) {
            int blades = n * (1 + d);
            int chests = n * (1 + dimensions + d);
            int k = 2 + 4 * d;
            where[k] = blades + i;
            by[k] = p[chests + j];
            where[k + 1] = chests + j;
            by[k + 1] = p[blades + i];
            where[k + 2] = blades + j;
            by[k + 2] = -p[chests + i];
            where[k + 3] = chests + i;
            by[k + 3] = -p[blades + j];
        }
    }

    private void climb() {
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] information = new double[at.length][at.length];
            double[] slope = slope(at, information);
            double[] move = Cholesky.of(information).solve(slope);
            double promise = IntStream.range(0, at.length)
                    .mapToDouble(k -> slope[k] * move[k])
                    .sum();
            double rate = 2;
            double there;
            double[] next;
            do {
                rate /= 2;
                next = at.clone();
                for (int k = 0; k < next.length; k++) {
                    next[k] += rate * move[k];
                }
                there = value(next);
            } while (!(there >= value + 1e-4 * rate * promise) && rate > 1e-8);
            if (!(there > value)) {
                return;
            }
            double gain = there - value;
            System.arraycopy(next, 0, at, 0, at.length);
            value = there;
            if (gain < ENOUGH * (1 + Math.abs(value))) {
                return;
            }
        }
    }

    /** From the strengths alone, and for each dimension the pair of vectors that takes most of what they leave. */
    private void start(CycleFit strengths) {
        System.arraycopy(strengths.at, 0, at, 0, n);
        double[][] left = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double met = wins[i][j] + wins[j][i];
                double chance = 1 / (1 + Math.exp(-strengths.logit(i, j)));
                left[i][j] = i == j ? 0 : (wins[i][j] - met * chance) / (met * chance * (1 - chance) + 1);
            }
        }
        SplittableRandom random = new SplittableRandom(n);
        for (int d = 0; d < dimensions; d++) {
            double[] u = IntStream.range(0, n)
                    .mapToDouble(i -> random.nextGaussian())
                    .toArray();
            double[] v = u;
            double turned = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                v = times(left, u);
                turned = scaled(v);
                u = times(left, v);
                scaled(u);
                for (int i = 0; i < n; i++) {
                    u[i] = -u[i];
                }
            }
            for (int i = 0; i < n; i++) {
                // left·u = s·v and left·v = −s·u: what is left is s·(v·uᵀ − u·vᵀ) in this plane.
                at[n * (1 + d) + i] = Math.sqrt(turned) * v[i];
                at[n * (1 + dimensions + d) + i] = Math.sqrt(turned) * u[i];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    left[i][j] -= turned * (v[i] * u[j] - u[i] * v[j]);
                }
            }
        }
    }

    private static double[] times(double[][] a, double[] x) {
        double[] y = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += a[i][j] * x[j];
            }
        }
        return y;
    }

    /** Makes a vector's length one, and says what it was. */
    private static double scaled(double[] x) {
        double length = Math.sqrt(
                IntStream.range(0, x.length).mapToDouble(i -> x[i] * x[i]).sum());
        for (int i = 0; i < x.length && length > 0; i++) {
            x[i] /= length;
        }
        return length;
    }
}
