package org.thurstone.report;

/**
 * A point of a series. A value that is not finite is a gap in the line; the chart says how many there were.
 *
 * @param low the lower end of its interval, NaN for none
 * @param high the upper end of its interval, NaN for none
 */
public record Point(double x, double y, double low, double high) {

    /** A point without an interval. */
    public static Point of(double x, double y) {
        return new Point(x, y, Double.NaN, Double.NaN);
    }

    /** A point with its interval. */
    public static Point of(double x, double y, double low, double high) {
        return new Point(x, y, low, high);
    }

    /** Whether it can be drawn: finite, and of a size that a scale can hold. */
    boolean drawable() {
        return Math.abs(x) < 1e300 && Math.abs(y) < 1e300;
    }

    boolean hasInterval() {
        return Math.abs(low) < 1e300 && Math.abs(high) < 1e300;
    }
}
