package org.thurstone.rank.linear;

import java.util.stream.IntStream;

/** Products of square matrices as rows. */
public final class Matrices {

    private static final int PARALLEL_FROM = 128;

    private Matrices() {}

    /** A·B, row by row; zeros of A cost nothing. */
    public static double[][] product(double[][] a, double[][] b) {
        int n = a.length;
        double[][] product = new double[n][n];
        IntStream rows = IntStream.range(0, n);
        (n >= PARALLEL_FROM ? rows.parallel() : rows).forEach(i -> {
            double[] sum = product[i];
            for (int k = 0; k < n; k++) {
                double factor = a[i][k];
                if (factor != 0) {
                    double[] row = b[k];
                    for (int j = 0; j < n; j++) {
                        sum[j] += factor * row[j];
                    }
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
