package org.thurstone.report;

import java.util.List;

/**
 * Horizontal bars from zero, each with its value and, if it has one, its interval.
 *
 * @param caption may be empty
 */
public record Bars(String title, String caption, Axis value, List<Bar> bars) implements Section {

    public Bars {
        bars = List.copyOf(bars);
    }

    /**
     * One bar.
     *
     * @param low the lower end of its interval, NaN for none
     * @param high the upper end of its interval, NaN for none
     * @param highlighted whether it is what the chart is about; the others are grey
     */
    public record Bar(String name, double value, double low, double high, boolean highlighted) {

        /** A grey bar without an interval. */
        public static Bar of(String name, double value) {
            return new Bar(name, value, Double.NaN, Double.NaN, false);
        }

        /** A grey bar with its interval. */
        public static Bar of(String name, double value, double low, double high) {
            return new Bar(name, value, low, high, false);
        }

        /** The same bar, in colour. */
        public Bar highlight() {
            return new Bar(name, value, low, high, true);
        }
    }
}
