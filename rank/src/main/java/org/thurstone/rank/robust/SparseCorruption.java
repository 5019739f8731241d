package org.thurstone.rank.robust;

import java.util.Arrays;

/**
 * Splits a skew-symmetric matrix, of which some entries are unknown, into one of rank two and a sparse one: what does not fit within a threshold
 * is put down to corruption and filled in from the rest, the rest is projected to rank two, and the threshold shrinks as the fit improves.
 * The alternating projections of Netrapalli and others (2014), for matrices that stay skew-symmetric.
 */
final class SparseCorruption {

    private static final int ROUNDS = 400;
    private static final double SHRINK = 0.95;
    /** A normal deviation's ratio to the median of its size. */
    private static final double MAD = 1.4826;

    private final double[][] observed;
    private final boolean[][] known;
    private final double[][] fit;
    private final int n;

    /**
     * Splits a matrix.
     *
     * @param observed skew-symmetric
     * @param known which entries of it say anything; symmetric
     * @param deviations how many standard deviations of the fit's own residuals an honest entry may be off
     */
    SparseCorruption(double[][] observed, boolean[][] known, double deviations) {
        this.observed = observed;
        this.known = known;
        this.n = observed.length;
        this.fit = new double[n][n];
        double threshold = largest();
        double[][] filled = new double[n][n];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    boolean honest = known[i][j] && Math.abs(observed[i][j] - fit[i][j]) <= threshold;
                    filled[i][j] = honest ? observed[i][j] : fit[i][j];
                }
            }
            double moved = project(filled);
            double floor = deviations * MAD * median();
            double next = Math.max(floor, threshold * SHRINK);
            if (moved < 1e-9 && next >= threshold) break;
            threshold = next;
        }
        this.limit = threshold;
    }

    private final double limit;

    /** The matrix of rank two. */
    double[][] fit() {
        return fit;
    }

    /** Whether an entry was put down to corruption. */
    boolean corrupt(int i, int j) {
        return known[i][j] && Math.abs(observed[i][j] - fit[i][j]) > limit;
    }

    private double largest() {
        return Arrays.stream(observed)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    private double median() {
        double[] sizes = new double[n * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) if (known[i][j]) sizes[count++] = Math.abs(observed[i][j] - fit[i][j]);
        }
        Arrays.sort(sizes, 0, count);
        return count == 0 ? 0 : sizes[count / 2];
    }

    /** Puts the nearest matrix of rank two in place of the fit; returns how far that moved it at most. */
    private double project(double[][] a) {
        // Singular values of a skew-symmetric matrix come in pairs (u, v) with A·v = s·u and A·u = −s·v.
        double[] u = lead(a);
        double[] v = times(a, u);
        double size = norm(v);
        double moved = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double next = size == 0 ? 0 : v[i] * u[j] - u[i] * v[j];
                moved = Math.max(moved, Math.abs(next - fit[i][j]));
                fit[i][j] = next;
            }
        }
        return moved;
    }

    /** A unit vector of the leading plane, by iterating −A², begun from the row that is largest. */
    private double[] lead(double[][] a) {
        double[] u = new double[n];
        double most = -1;
        for (double[] row : a) {
            if (norm(row) > most) {
                most = norm(row);
                u = row.clone();
            }
        }
        scale(u);
        for (int step = 0; step < 100; step++) {
            double[] next = times(a, times(a, u));
            for (int i = 0; i < n; i++) next[i] = -next[i];
            scale(next);
            double change = 0;
            for (int i = 0; i < n; i++) change = Math.max(change, Math.abs(next[i] - u[i]));
            u = next;
            if (change < 1e-12) break;
        }
        return u;
    }

    private static double[] times(double[][] a, double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) for (int j = 0; j < x.length; j++) y[i] += a[i][j] * x[j];
        return y;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) sum += v * v;
        return Math.sqrt(sum);
    }

    private static void scale(double[] x) {
        double norm = norm(x);
        for (int i = 0; i < x.length && norm > 0; i++) x[i] /= norm;
    }
}
