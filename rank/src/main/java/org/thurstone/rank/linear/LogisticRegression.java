package org.thurstone.rank.linear;

import java.util.Arrays;
import org.thurstone.statistics.Logistic;

/**
 * A logistic regression without an intercept of its own, for targets anywhere in [0, 1]: a vote of 0.7 pulls as 0.7 of a win and 0.3 of a
 * loss.
 *
 * @param coefficients by feature
 * @param covariance the sandwich, which holds for targets between 0 and 1 too, where the inverse Hessian does not
 */
public record LogisticRegression(double[] coefficients, double[][] covariance) {

    private static final double ENOUGH = 1e-9;
    private static final double SHORT = 1e-6;
    private static final int STEPS = 200;

    /**
     * The prior of the coefficients: independent normal distributions.
     *
     * @param precision one over the variance; 0 for no prior
     */
    public record Prior(double[] mean, double[] precision) {

        /** That all coefficients are near zero; a grain of it keeps them finite where the rows are separated. */
        public static Prior ridge(int coefficients, double precision) {
            double[] all = new double[coefficients];
            Arrays.fill(all, precision);
            return new Prior(new double[coefficients], all);
        }

        private double penalty(double[] at) {
            double sum = 0;
            for (int i = 0; i < at.length; i++) sum += precision[i] * (at[i] - mean[i]) * (at[i] - mean[i]) / 2;
            return sum;
        }
    }

    /**
     * The maximum of the weighted log-likelihood times the prior, by Newton's method with a line search.
     *
     * @param features rows × features
     * @param targets in [0, 1], one per row
     * @param weights not negative, one per row
     * @throws ArithmeticException if without a prior there is no maximum, or more than one
     */
    public static LogisticRegression fit(double[][] features, double[] targets, double[] weights, Prior prior) {
        int d = prior.mean().length;
        double[] at = new double[d];
        double value = loss(features, targets, weights, prior, at);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(features, targets, weights, prior, at);
            double[] direction =
                    Cholesky.of(hessian(features, weights, prior, at)).solve(gradient);
            // Where outcomes are separated the gradient dies out on the way to infinity, but the steps stay as long.
            if (largest(gradient) < ENOUGH && largest(direction) < SHORT * (1 + largest(at))) {
                return new LogisticRegression(at, sandwich(features, targets, weights, prior, at));
            }
            double decrement = 0;
            for (int i = 0; i < d; i++) decrement += gradient[i] * direction[i];
            double size = 1;
            double[] next = moved(at, direction, size);
            double nextValue = loss(features, targets, weights, prior, next);
            // Near the minimum the decrease drowns in rounding, and a full step is known to be good.
            while (decrement > 1e-11 * Math.abs(value)
                    && !(nextValue <= value - 1e-4 * size * decrement)
                    && size > 1e-12) {
                size /= 2;
                next = moved(at, direction, size);
                nextValue = loss(features, targets, weights, prior, next);
            }
            if (Arrays.equals(next, at))
                return new LogisticRegression(at, sandwich(features, targets, weights, prior, at));
            at = next;
            value = nextValue;
        }
        throw new ArithmeticException("no finite coefficients fit best: the outcomes are separated by the features");
    }

    private static double loss(double[][] x, double[] targets, double[] weights, Prior prior, double[] at) {
        double sum = 0;
        for (int r = 0; r < x.length; r++) {
            double z = Matrices.dot(x[r], at);
            sum += weights[r] * (Logistic.softplus(z) - targets[r] * z);
        }
        return sum + prior.penalty(at);
    }

    private static double[] gradient(double[][] x, double[] targets, double[] weights, Prior prior, double[] at) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) gradient[i] = prior.precision()[i] * (at[i] - prior.mean()[i]);
        for (int r = 0; r < x.length; r++) {
            double residual = weights[r] * (Logistic.sigmoid(Matrices.dot(x[r], at)) - targets[r]);
            for (int i = 0; i < at.length; i++) gradient[i] += residual * x[r][i];
        }
        return gradient;
    }

    /** The lower triangle. */
    private static double[][] hessian(double[][] x, double[] weights, Prior prior, double[] at) {
        int d = at.length;
        double[][] hessian = new double[d][d];
        for (int i = 0; i < d; i++) hessian[i][i] = prior.precision()[i];
        for (int r = 0; r < x.length; r++) {
            double p = Logistic.sigmoid(Matrices.dot(x[r], at));
            addSquare(hessian, x[r], weights[r] * p * (1 - p));
        }
        return hessian;
    }

    private static void addSquare(double[][] lower, double[] x, double weight) {
        for (int i = 0; i < x.length; i++) for (int j = 0; j <= i; j++) lower[i][j] += weight * x[i] * x[j];
    }

    private static double[][] sandwich(double[][] x, double[] targets, double[] weights, Prior prior, double[] at) {
        int d = at.length;
        double[][] bread = Cholesky.of(hessian(x, weights, prior, at)).inverse();
        double[][] meat = new double[d][d];
        for (int r = 0; r < x.length; r++) {
            double residual = weights[r] * (Logistic.sigmoid(Matrices.dot(x[r], at)) - targets[r]);
            addSquare(meat, x[r], residual * residual);
        }
        double[][] covariance = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int a = 0; a < d; a++) {
                    for (int b = 0; b < d; b++) {
                        covariance[i][j] += bread[i][a] * meat[Math.max(a, b)][Math.min(a, b)] * bread[b][j];
                    }
                }
            }
        }
        return covariance;
    }

    /** The probability of a win at these features. */
    public double probability(double[] features) {
        return Logistic.sigmoid(Matrices.dot(features, coefficients));
    }

    private static double largest(double[] vector) {
        return Arrays.stream(vector).map(Math::abs).max().orElse(0);
    }

    private static double[] moved(double[] at, double[] direction, double size) {
        double[] next = at.clone();
        for (int i = 0; i < next.length; i++) next[i] -= size * direction[i];
        return next;
    }
}
