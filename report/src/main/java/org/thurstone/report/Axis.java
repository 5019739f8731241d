package org.thurstone.report;

/**
 * An axis of a chart.
 *
 * @param label with the unit, if it has one: {@code "KL to the start (nats)"}
 * @param percent whether values are shares of one that are shown as percent; then the axis does not leave 0 … 100 % unless the values do
 * @param zero whether zero belongs on the axis even if the values are far from it
 */
public record Axis(String label, boolean percent, boolean zero) {

    /** Plain numbers, on an axis that fits the values. */
    public static Axis of(String label) {
        return new Axis(label, false, false);
    }

    /** Shares of one, shown as percent, on an axis that fits the values. */
    public static Axis percent(String label) {
        return new Axis(label, true, false);
    }

    /** The same axis, with zero on it. */
    public Axis fromZero() {
        return new Axis(label, percent, true);
    }
}
