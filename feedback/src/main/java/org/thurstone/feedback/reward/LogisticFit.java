package org.thurstone.feedback.reward;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Logistic;

/**
 * Newton's method on the objective of {@link LogisticRegression#fit}, with a backtracking line search, until no component of the gradient
 * is 1e-8 or more. The objective is smooth and strictly convex, so a dozen steps do. The parameters are w and then b.
 */
final class LogisticFit {

    private static final double ENOUGH = 1e-8;
    private static final int STEPS = 100;

    private final float[][] features;
    private final boolean[] labels;
    private final double l2;
    private final int dimensions;

    LogisticFit(float[][] features, boolean[] labels, double l2) {
        if (features.length != labels.length) {
            throw new IllegalArgumentException(features.length + " rows of features and " + labels.length + " labels");
        }
        if (!(l2 > 0) || Double.isInfinite(l2)) {
            throw new IllegalArgumentException("l2 " + l2 + " must be a finite number above 0");
        }
        int firstKind = 0;
        for (boolean label : labels) {
            firstKind += label ? 1 : 0;
        }
        if (firstKind == 0 || firstKind == labels.length) {
            throw new UserError(
                    "a logistic regression needs examples of both kinds; got %d of the first and %d of the second"
                            .formatted(firstKind, labels.length - firstKind));
        }
        this.features = features;
        this.labels = labels;
        this.l2 = l2;
        this.dimensions = features[0].length;
        for (int row = 0; row < features.length; row++) {
            check(row);
        }
    }

    private void check(int row) {
        if (features[row].length != dimensions) {
            throw new IllegalArgumentException(
                    "row %d has %d features, the first one %d".formatted(row + 1, features[row].length, dimensions));
        }
        for (float each : features[row]) {
            if (!Float.isFinite(each)) {
                throw new IllegalArgumentException("row " + (row + 1) + " has a feature that is " + each);
            }
        }
    }

    LogisticRegression minimum() {
        double[] at = new double[dimensions + 1];
        double value = objective(at);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = gradient(at);
            if (largest(gradient) < ENOUGH) {
                return new LogisticRegression(
                        Arrays.stream(at, 0, dimensions).boxed().toList(), at[dimensions]);
            }
            double[] direction = Cholesky.of(hessian(at)).solve(gradient);
            double decrement = dot(gradient, direction);
            double size = 1;
            double[] next = moved(at, direction, size);
            double nextValue = objective(next);
            // Near the minimum the decrease drowns in rounding, and a full step is known to be good.
            while (decrement > 1e-12 && nextValue > value - 1e-4 * size * decrement && size > 1e-12) {
                size /= 2;
                next = moved(at, direction, size);
                nextValue = objective(next);
            }
            at = next;
            value = nextValue;
        }
        throw new IllegalStateException("Newton's method has not converged after " + STEPS + " steps; largest gradient "
                + largest(gradient(at)) + "; a larger l2 than " + l2 + " would help");
    }

    double objective(double[] at) {
        double loss = 0;
        for (int row = 0; row < features.length; row++) {
            double z = logit(at, row);
            loss += Logistic.softplus(labels[row] ? -z : z);
        }
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            squares += at[i] * at[i];
        }
        return loss / features.length + l2 / 2 * squares;
    }

    double[] gradient(double[] at) {
        double[] gradient = new double[dimensions + 1];
        for (int row = 0; row < features.length; row++) {
            double residual = (Logistic.sigmoid(logit(at, row)) - (labels[row] ? 1 : 0)) / features.length;
            for (int i = 0; i < dimensions; i++) {
                gradient[i] += residual * features[row][i];
            }
            gradient[dimensions] += residual;
        }
        for (int i = 0; i < dimensions; i++) {
            gradient[i] += l2 * at[i];
        }
        return gradient;
    }

    /** The lower triangle. */
    private double[][] hessian(double[] at) {
        double[][] hessian = new double[dimensions + 1][dimensions + 1];
        for (int row = 0; row < features.length; row++) {
            double p = Logistic.sigmoid(logit(at, row));
            // Far out p·(1 − p) underflows; a grain of it keeps the matrix positive definite, and only the path depends
            // on it.
            double weight = Math.max(p * (1 - p), 1e-12) / features.length;
            float[] x = features[row];
            for (int i = 0; i < dimensions; i++) {
                double scaled = weight * x[i];
                double[] line = hessian[i];
                for (int j = 0; j <= i; j++) {
                    line[j] += scaled * x[j];
                }
            }
            double[] last = hessian[dimensions];
            for (int j = 0; j < dimensions; j++) {
                last[j] += weight * x[j];
            }
            last[dimensions] += weight;
        }
        for (int i = 0; i < dimensions; i++) {
            hessian[i][i] += l2;
        }
        return hessian;
    }

    private double logit(double[] at, int row) {
        double sum = at[dimensions];
        float[] x = features[row];
        for (int i = 0; i < dimensions; i++) {
            sum += at[i] * x[i];
        }
        return sum;
    }

    private static double[] moved(double[] at, double[] direction, double size) {
        double[] next = at.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] -= size * direction[i];
        }
        return next;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] gradient) {
        return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }
}
