package org.thurstone.rank.linear;

import java.util.stream.IntStream;

/** Products of vectors, and of square matrices as rows. */
public final class Matrices {

    private static final int PARALLEL_FROM = 128;

    private Matrices() {}

    /** The inner product a·b of two vectors of one length. */
    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** A·B, row by row. */
    public static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        IntStream rows = IntStream.range(0, n);
        (n >= PARALLEL_FROM ? rows.parallel() : rows).forEach(i -> {
            double[] sum = product[i];
            double[] factors = a[i];
            int k = 0;
            // Four rows at a time: the sum is read and written a quarter as often.
            for (; k + 4 <= n; k += 4) {
                double p = factors[k];
                double q = factors[k + 1];
                double r = factors[k + 2];
                double s = factors[k + 3];
                double[] w = b[k];
                double[] x = b[k + 1];
                double[] y = b[k + 2];
                double[] z = b[k + 3];
                for (int j = 0; j < n; j++) {
                    sum[j] += p * w[j] + q * x[j] + r * y[j] + s * z[j];
                }
            }
            for (; k < n; k++) {
                double p = factors[k];
                double[] w = b[k];
                for (int j = 0; j < n; j++) {
                    sum[j] += p * w[j];
                }
            }
        });
        return product;
    }

    /** B·M·B, of which B is symmetric: a sandwich. */
    public static double[][] sandwich(double[][] bread, double[][] filling) {
        return product(product(bread, filling), bread);
    }
}
