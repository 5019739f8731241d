package org.thurstone.rank;

import java.util.List;
import java.util.Optional;

/**
 * The errors of a board's ratings, all together: what differences of ratings are judged by.
 *
 * @param items that have a rating, in any order
 * @param ratings in the board's unit
 * @param covariance of the ratings' errors, in the square of that unit; symmetric; only differences within a group mean anything
 * @param group of each item
 */
public record RatingErrors(List<String> items, double[] ratings, double[][] covariance, int[] group)
        implements DifferenceErrors {

    public RatingErrors {
        items = List.copyOf(items);
    }

    @Override
    public double variance(int item) {
        return covariance[item][item];
    }

    @Override
    public double variance(int item, int other) {
        return covariance[item][item] + covariance[other][other] - covariance[item][other] - covariance[other][item];
    }

    @Override
    public Optional<double[][]> drawn() {
        return Optional.empty();
    }

    @Override
    public RatingErrors with(double[] moved) {
        return new RatingErrors(items, moved, covariance, group);
    }

    @Override
    public RatingErrors scaled(double factor, double origin) {
        int n = ratings.length;
        double[] moved = new double[n];
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            moved[i] = origin + factor * ratings[i];
            for (int j = 0; j < n; j++) {
                scaled[i][j] = factor * factor * covariance[i][j];
            }
        }
        return new RatingErrors(items, moved, scaled, group);
    }
}
