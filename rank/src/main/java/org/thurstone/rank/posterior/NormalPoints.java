package org.thurstone.rank.posterior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.statistics.Normal;

/**
 * Weighted points that stand for the standard normal distribution in some dimensions. In two and three they are a grid with the weights of the density, the
 * trapezoidal rule. In more they are a sequence of low discrepancy (Roberts 2018, the generalised golden ratio) through the normal quantile, each with its
 * negative, and then transformed so that their mean and covariance are exactly those of the distribution: sums over them of anything quadratic are exact.
 *
 * @param points a row for each
 * @param weights summing to 1
 */
record NormalPoints(double[][] points, double[] weights) {

    private static final int GRID_DIMENSIONS = 3;
    private static final double SPACING = 0.5;
    private static final double RADIUS = 5.5;
    /** Half of the points of a sequence. */
    private static final int PAIRS = 1024;

    private static final Map<Integer, NormalPoints> BY_DIMENSION = new ConcurrentHashMap<>();

    static NormalPoints of(int dimensions) {
        return BY_DIMENSION.computeIfAbsent(dimensions, d -> d <= GRID_DIMENSIONS ? grid(d) : sequence(d));
    }

    /** Whether sums over the points are as exact as rounding for smooth functions. */
    boolean exact() {
        return points[0].length <= GRID_DIMENSIONS;
    }

    private static NormalPoints grid(int dimensions) {
        List<double[]> points = new ArrayList<>();
        add(new double[dimensions], 0, points);
        double[] weights =
                points.stream().mapToDouble(p -> Math.exp(-square(p) / 2)).toArray();
        double sum = Arrays.stream(weights).sum();
        return new NormalPoints(
                points.toArray(double[][]::new),
                Arrays.stream(weights).map(w -> w / sum).toArray());
    }

    private static double square(double[] point) {
        return Arrays.stream(point).map(x -> x * x).sum();
    }

    private static void add(double[] point, int coordinate, List<double[]> to) {
        if (coordinate == point.length) {
            if (square(point) <= RADIUS * RADIUS) {
                to.add(point.clone());
            }
            return;
        }
        for (double x = -RADIUS; x <= RADIUS; x += SPACING) {
            point[coordinate] = x;
            add(point, coordinate + 1, to);
        }
    }

    private static NormalPoints sequence(int dimensions) {
        double ratio = 2;
        for (int step = 0; step < 60; step++) {
            ratio = Math.pow(1 + ratio, 1.0 / (dimensions + 1));
        }
        double[][] points = new double[2 * PAIRS][dimensions];
        double[][] squares = new double[dimensions][dimensions];
        for (int n = 0; n < PAIRS; n++) {
            double share = 1;
            for (int k = 0; k < dimensions; k++) {
                share /= ratio;
                double at = (0.5 + share * (n + 1)) % 1;
                points[n][k] = Normal.quantile(Math.clamp(at, 1e-9, 1 - 1e-9));
            }
            for (int k = 0; k < dimensions; k++) {
                for (int l = 0; l < dimensions; l++) {
                    squares[k][l] += points[n][k] * points[n][l] / PAIRS;
                }
            }
        }
        // L⁻¹·z has the unit covariance if L·Lᵀ is that of z.
        double[][] lower = lower(Cholesky.of(squares), dimensions);
        for (int n = 0; n < PAIRS; n++) {
            double[] point = points[n];
            for (int k = 0; k < dimensions; k++) {
                for (int l = 0; l < k; l++) {
                    point[k] -= lower[k][l] * point[l];
                }
                point[k] /= lower[k][k];
            }
            for (int k = 0; k < dimensions; k++) {
                points[PAIRS + n][k] = -point[k];
            }
        }
        double[] weights = new double[2 * PAIRS];
        Arrays.fill(weights, 0.5 / PAIRS);
        return new NormalPoints(points, weights);
    }

    private static double[][] lower(Cholesky factor, int n) {
        double[][] lower = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = factor.times(unit);
            for (int i = 0; i < n; i++) {
                lower[i][j] = column[i];
            }
        }
        return lower;
    }
}
