package org.thurstone.report;

import java.util.Optional;

/**
 * What a page needs to say how two rows of a table differ: estimates, the errors of their differences, and the outcome of a contest as a function of
 * the difference.
 *
 * @param estimates one per row, NaN where there is none
 * @param group of each row; rows of different groups cannot be compared
 * @param unit of the estimates
 * @param decimals with which a difference is shown
 * @param quantile half the width of an interval, in standard errors
 * @param level of the intervals, as it is shown: {@code "95 %"}
 * @param chances empty where they are not known as a function of the difference
 */
public record RowDifferences(
        double[] estimates,
        int[] group,
        String unit,
        int decimals,
        double quantile,
        String level,
        Errors errors,
        Optional<Chances> chances) {

    public RowDifferences {
        if (group.length != estimates.length) {
            throw new IllegalArgumentException(estimates.length + " estimates of " + group.length + " groups");
        }
    }

    /** The standard errors of differences. */
    public sealed interface Errors {}

    /**
     * There are none.
     *
     * @param why a sentence
     */
    public record NoErrors(String why) implements Errors {}

    /** Those of all pairs: a size that grows with the square of the rows. */
    @FunctionalInterface
    public non-sealed interface PairErrors extends Errors {
        /** The standard error of the difference of two rows that have estimates. */
        double of(int row, int other);
    }

    /**
     * One number per row; the squares of any two add up to about the squared standard error of their difference.
     *
     * @param ofRow NaN where there is none
     * @param remark a sentence on how good the approximation is
     */
    public record RowErrors(double[] ofRow, String remark) implements Errors {}

    /**
     * Probabilities that the first row wins or ties, at differences in equal steps. They are read off by linear interpolation.
     *
     * @param from the first difference
     * @param step between two differences
     * @param condition under which they hold, such as "at home"; may be empty
     */
    public record Chances(double from, double step, double[] win, double[] tie, String condition) {}
}
