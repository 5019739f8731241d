package org.thurstone.rank.linear;

import java.util.Arrays;

/**
 * Solves symmetric positive definite systems that are known only by their products with vectors, by preconditioned conjugate gradients
 * (Hestenes and Stiefel 1952). Some right-hand sides are solved side by side, so that the matrix is read once for all of them. A
 * semidefinite system is solved as well if its right-hand sides are in its range; what the solution has of the null space is then the
 * preconditioner's.
 */
public final class ConjugateGradients {

    private ConjugateGradients() {}

    /** A symmetric matrix of n rows. */
    public interface Operator {

        /**
         * Writes the product with some vectors.
         *
         * @param x n × width, row by row
         * @param y the same, overwritten
         */
        void multiply(double[] x, double[] y, int width);
    }

    /**
     * The solutions.
     *
     * @param preconditioner about the inverse of the matrix
     * @param b n × width, row by row
     * @param tolerance each column is solved once its residual in the preconditioner's norm is so much smaller than at zero, and its error
     *     in the matrix's norm is estimated to be so much smaller than the solution
     * @param steps at most so many; what is reached by then is returned
     */
    public static double[] solve(
            Operator matrix, Operator preconditioner, double[] b, int width, double tolerance, int steps) {
        double[] x = new double[b.length];
        double[] residual = b.clone();
        double[] z = new double[b.length];
        preconditioner.multiply(residual, z, width);
        double[] direction = z.clone();
        double[] product = new double[b.length];
        double[] size = dots(residual, z, width);
        double[] enough =
                Arrays.stream(size).map(s -> s * tolerance * tolerance).toArray();
        double[] energy = new double[width];
        boolean[] open = new boolean[width];
        for (int k = 0; k < width; k++) {
            open[k] = size[k] > 0;
        }
        for (int step = 1; step <= steps && any(open); step++) {
            matrix.multiply(direction, product, width);
            double[] curvature = dots(direction, product, width);
            double[] rate = new double[width];
            for (int k = 0; k < width; k++) {
                // A column that is solved stays where it is.
                rate[k] = open[k] && curvature[k] > 0 ? size[k] / curvature[k] : 0;
            }
            for (int i = 0; i < x.length; i += width) {
                for (int k = 0; k < width; k++) {
                    x[i + k] += rate[k] * direction[i + k];
                    residual[i + k] -= rate[k] * product[i + k];
                }
            }
            preconditioner.multiply(residual, z, width);
            double[] next = dots(residual, z, width);
            double[] share = new double[width];
            for (int k = 0; k < width; k++) {
                double gain = rate[k] * size[k];
                energy[k] += gain;
                share[k] = size[k] > 0 ? next[k] / size[k] : 0;
                size[k] = next[k];
                // A small residual alone may hide a large error; then steps are many and still gain.
                open[k] = rate[k] > 0
                        && next[k] > 0
                        && (next[k] > enough[k] || gain * step > tolerance * tolerance * energy[k]);
            }
            for (int i = 0; i < x.length; i += width) {
                for (int k = 0; k < width; k++) {
                    direction[i + k] = z[i + k] + share[k] * direction[i + k];
                }
            }
        }
        return x;
    }

    private static boolean any(boolean[] open) {
        for (boolean one : open) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private static double[] dots(double[] a, double[] b, int width) {
        double[] sums = new double[width];
        for (int i = 0; i < a.length; i += width) {
            for (int k = 0; k < width; k++) {
                sums[k] += a[i + k] * b[i + k];
            }
        }
        return sums;
    }
}
