package org.thurstone.rank.linear;

/** Solves A·x = b for a symmetric positive definite A by A = L·Lᵀ. */
public final class Cholesky {

    private Cholesky() {}

    /**
     * The solution x.
     *
     * @param a its lower triangle is read, and overwritten with L
     * @throws ArithmeticException if A is not positive definite
     */
    public static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                if (i == j && !(sum > 0)) {
                    throw new ArithmeticException("the matrix is not positive definite at row " + (i + 1));
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= a[i][k] * x[k];
            }
            x[i] /= a[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= a[k][i] * x[k];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    /** A⁻¹. */
    public static double[][] inverse(double[][] a) {
        int n = a.length;
        double[][] inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            inverse[i] = solve(java.util.Arrays.stream(a).map(double[]::clone).toArray(double[][]::new), unit);
        }
        return inverse;
    }
}
