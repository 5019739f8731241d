package org.thurstone.rank.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A symmetric positive definite matrix as L·Lᵀ.
 *
 * <p>Blocked and right-looking: a panel of columns is factored, then taken from all rows below, in parallel. The inner loops add
 * multiples of rows that lie contiguously, four at a time, since that is what the compiler turns into vector instructions; it may not
 * reorder a sum. Each entry is always the same sum in the same order, whatever the number of threads, so results are equal to the last bit.
 */
public final class Cholesky {

    private static final int BLOCK = 64;
    private static final int PARALLEL_FROM = 192;

    private final int n;
    private final double[][] lower;

    private Cholesky(double[][] lower) {
        this.n = lower.length;
        this.lower = lower;
    }

    /**
     * Factors a matrix.
     *
     * @param a of which the lower triangle is read; it is not changed
     * @throws ArithmeticException if it is not positive definite
     */
    public static Cholesky of(double[][] a) {
        int n = a.length;
        double[][] l = new double[n][];
        for (int i = 0; i < n; i++) {
            l[i] = Arrays.copyOf(a[i], n);
        }
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            factor(l, from, to, a);
            panel(l, from, to);
        }
        for (int i = 0; i < n; i++) {
            Arrays.fill(l[i], i + 1, n, 0);
        }
        return new Cholesky(l);
    }

    private static void factor(double[][] l, int from, int to, double[][] a) {
        for (int i = from; i < to; i++) {
            for (int j = from; j <= i; j++) {
                double sum = l[i][j];
                for (int k = from; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                // A pivot that is only a rounding error is not a pivot.
                if (i == j && !(sum > 1e-13 * a[i][i])) {
                    throw new ArithmeticException("not positive definite at row " + (i + 1));
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
    }

    private static void panel(double[][] l, int from, int to) {
        int n = l.length;
        if (to == n) {
            return;
        }
        int width = to - from;
        rows(to, n).forEach(i -> {
            double[] row = l[i];
            for (int j = from; j < to; j++) {
                double sum = row[j];
                double[] other = l[j];
                for (int k = from; k < j; k++) {
                    sum -= row[k] * other[k];
                }
                row[j] = sum / other[j];
            }
        });
        double[][] transposed = new double[width][n];
        for (int i = to; i < n; i++) {
            for (int k = 0; k < width; k++) {
                transposed[k][i] = l[i][from + k];
            }
        }
        rows(to, n).forEach(i -> {
            int k = 0;
            for (; k + 4 <= width; k += 4) {
                subtract(l[i], to, i + 1, l[i], from + k, transposed, k);
            }
            for (; k < width; k++) {
                axpy(l[i], to, i + 1, -l[i][from + k], transposed[k]);
            }
        });
    }

    private static void subtract(double[] row, int start, int end, double[] factors, int at, double[][] with, int k) {
        double a = factors[at];
        double b = factors[at + 1];
        double c = factors[at + 2];
        double d = factors[at + 3];
        double[] p = with[k];
        double[] q = with[k + 1];
        double[] r = with[k + 2];
        double[] s = with[k + 3];
        for (int j = start; j < end; j++) {
            row[j] -= a * p[j] + b * q[j] + c * r[j] + d * s[j];
        }
    }

    private static void axpy(double[] row, int start, int end, double factor, double[] with) {
        for (int j = start; j < end; j++) {
            row[j] += factor * with[j];
        }
    }

    private static IntStream rows(int from, int to) {
        IntStream rows = IntStream.range(from, to);
        return to - from >= PARALLEL_FROM ? rows.parallel() : rows;
    }

    /** The logarithm of the determinant of A. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 2 * Math.log(lower[i][i]);
        }
        return sum;
    }

    /** The x of A·x = b. */
    public double[] solve(double[] b) {
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            double sum = x[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * x[k];
            }
            x[i] = sum / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            axpy(x, 0, i, -x[i], lower[i]);
        }
        return x;
    }

    /** L·z: of independent standard normal numbers, numbers with this covariance. */
    public double[] times(double[] z) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k <= i; k++) {
                sum += lower[i][k] * z[k];
            }
            x[i] = sum;
        }
        return x;
    }

    /** The inverse of A, whole. */
    public double[][] inverse() {
        double[][] x = new double[n][n];
        for (int i = 0; i < n; i++) {
            x[i][i] = 1;
        }
        int slabs = n >= PARALLEL_FROM ? (n + BLOCK - 1) / BLOCK : 1;
        int width = (n + slabs - 1) / slabs;
        IntStream all = IntStream.range(0, slabs);
        (slabs > 1 ? all.parallel() : all).forEach(slab -> {
            int from = Math.min(n, slab * width);
            columns(x, from, Math.min(n, from + width));
        });
        return x;
    }

    /** Forward and back substitution of some columns of the unit matrix. */
    private void columns(double[][] x, int from, int to) {
        for (int i = from; i < n; i++) {
            // Above its one a column of the unit matrix stays zero.
            for (int k = from; k < i; k++) {
                axpy(x[i], from, to, -lower[i][k], x[k]);
            }
            scale(x[i], from, to, 1 / lower[i][i]);
        }
        for (int i = n - 1; i >= 0; i--) {
            scale(x[i], from, to, 1 / lower[i][i]);
            for (int k = 0; k < i; k++) {
                axpy(x[k], from, to, -lower[i][k], x[i]);
            }
        }
    }

    private static void scale(double[] row, int from, int to, double factor) {
        for (int j = from; j < to; j++) {
            row[j] *= factor;
        }
    }
}
