package org.thurstone.rank.linear;

import java.util.Arrays;

/**
 * A logistic regression without an intercept of its own, for targets anywhere in [0, 1]: a vote of 0.7 pulls as 0.7 of a win and 0.3 of a
 * loss.
 *
 * @param coefficients by feature
 * @param covariance the sandwich, which holds for targets between 0 and 1 too, where the inverse Hessian does not
 */
public record Logistic(double[] coefficients, double[][] covariance) {

    private static final double ENOUGH = 1e-9;
    private static final int STEPS = 200;

    /**
     * The maximum of the weighted log-likelihood less ½·ridge·|coefficients|², by Newton's method with a line search.
     *
     * @param features rows × features
     * @param targets in [0, 1], one a row
     * @param weights not negative, one a row
     * @param ridge not negative; a grain of it keeps coefficients finite where the rows are separated
     * @throws ArithmeticException if without a ridge there is no maximum, or more than one
     */
    public static Logistic fit(double[][] features, double[] targets, double[] weights, double ridge) {
        int d = features[0].length;
        double[] at = new double[d];
        double value = loss(features, targets, weights, ridge, at);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(features, targets, weights, ridge, at);
            if (Arrays.stream(gradient).map(Math::abs).max().orElse(0) < ENOUGH) {
                return new Logistic(at, sandwich(features, targets, weights, ridge, at));
            }
            double[] direction =
                    Cholesky.of(hessian(features, weights, ridge, at)).solve(gradient);
            double decrement = 0;
            for (int i = 0; i < d; i++) decrement += gradient[i] * direction[i];
            double size = 1;
            double[] next = moved(at, direction, size);
            double nextValue = loss(features, targets, weights, ridge, next);
            // Near the minimum the decrease drowns in rounding, and a full step is known to be good.
            while (decrement > 1e-11 * Math.abs(value)
                    && !(nextValue <= value - 1e-4 * size * decrement)
                    && size > 1e-12) {
                size /= 2;
                next = moved(at, direction, size);
                nextValue = loss(features, targets, weights, ridge, next);
            }
            if (Arrays.equals(next, at)) return new Logistic(at, sandwich(features, targets, weights, ridge, at));
            at = next;
            value = nextValue;
        }
        throw new ArithmeticException("no finite coefficients fit best: the outcomes are separated by the features");
    }

    private static double loss(double[][] x, double[] targets, double[] weights, double ridge, double[] at) {
        double sum = 0;
        for (int r = 0; r < x.length; r++) {
            double z = dot(x[r], at);
            sum += weights[r] * (softplus(z) - targets[r] * z);
        }
        return sum + ridge / 2 * dot(at, at);
    }

    private static double[] gradient(double[][] x, double[] targets, double[] weights, double ridge, double[] at) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) gradient[i] = ridge * at[i];
        for (int r = 0; r < x.length; r++) {
            double residual = weights[r] * (sigmoid(dot(x[r], at)) - targets[r]);
            for (int i = 0; i < at.length; i++) gradient[i] += residual * x[r][i];
        }
        return gradient;
    }

    /** The lower triangle. */
    private static double[][] hessian(double[][] x, double[] weights, double ridge, double[] at) {
        int d = at.length;
        double[][] hessian = new double[d][d];
        for (int i = 0; i < d; i++) hessian[i][i] = ridge;
        for (int r = 0; r < x.length; r++) {
            double p = sigmoid(dot(x[r], at));
            addSquare(hessian, x[r], weights[r] * p * (1 - p));
        }
        return hessian;
    }

    private static void addSquare(double[][] lower, double[] x, double weight) {
        for (int i = 0; i < x.length; i++) for (int j = 0; j <= i; j++) lower[i][j] += weight * x[i] * x[j];
    }

    private static double[][] sandwich(double[][] x, double[] targets, double[] weights, double ridge, double[] at) {
        int d = at.length;
        double[][] bread = Cholesky.of(hessian(x, weights, ridge, at)).inverse();
        double[][] meat = new double[d][d];
        for (int r = 0; r < x.length; r++) {
            double residual = weights[r] * (sigmoid(dot(x[r], at)) - targets[r]);
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
        return sigmoid(dot(features, coefficients));
    }

    /** σ(z). */
    public static double sigmoid(double z) {
        return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
    }

    /** log(1 + e^z), exact at both ends. */
    public static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] moved(double[] at, double[] direction, double size) {
        double[] next = at.clone();
        for (int i = 0; i < next.length; i++) next[i] -= size * direction[i];
        return next;
    }
}
