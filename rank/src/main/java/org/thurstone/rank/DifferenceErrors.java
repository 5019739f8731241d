package org.thurstone.rank;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The errors of ratings, as far as differences of ratings need them. Of up to some thousand items they are a matrix ({@link RatingErrors}); of more, a
 * variance is found when it is asked for. Items are those that have a rating, and are numbered as {@link #items} lists them.
 */
public interface DifferenceErrors {

    /** The items, in any order. */
    List<String> items();

    /** Their ratings, in the board's unit. */
    double[] ratings();

    /** Their groups; only differences within a group mean anything. */
    int[] group();

    /** The variance of a rating about the mean of its group. */
    double variance(int item);

    /** The variance of the difference of two ratings. */
    double variance(int item, int other);

    /**
     * The variances of several differences, which may take less time together.
     *
     * @param item the first item of each
     * @param other the second item of each
     */
    default double[] variances(int[] item, int[] other) {
        return IntStream.range(0, item.length)
                .mapToDouble(k -> variance(item[k], other[k]))
                .toArray();
    }

    /** Errors that were drawn from their distribution, a row of draws per item; empty where there are none, or a matrix to draw from. */
    Optional<double[][]> drawn();

    /** The same errors of ratings in another unit: multiplied, then moved. */
    DifferenceErrors scaled(double factor, double origin);

    /** The same errors of other ratings. */
    DifferenceErrors with(double[] moved);
}
