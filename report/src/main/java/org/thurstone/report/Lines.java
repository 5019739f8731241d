package org.thurstone.report;

import java.util.List;

/**
 * A line chart: curves with 95 % bands, or a few marks with error bars.
 *
 * @param caption what to see in it, and what the band is; may be empty
 * @param series any number of points each: a long series is thinned, keeping the extremes
 */
public record Lines(String title, String caption, Axis x, Axis y, List<Series> series) implements Section {

    public Lines {
        series = List.copyOf(series);
    }
}
