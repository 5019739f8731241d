package org.thurstone.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.thurstone.statistics.Estimate;

/**
 * A line of a chart. Few points are drawn as marks with error bars, many as a line with a band.
 *
 * @param points in any order; drawn by ascending x
 * @param control whether it is there to be compared with (chance, a baseline): drawn dashed
 */
public record Series(String name, List<Point> points, boolean control) {

    public Series {
        points = points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    }

    /** The main series of the chart. */
    public static Series of(String name, List<Point> points) {
        return new Series(name, points, false);
    }

    /** A series to compare with. */
    public static Series control(String name, List<Point> points) {
        return new Series(name, points, true);
    }

    /** A level that does not change, as a dashed line from one x to another. */
    public static Series level(String name, double y, double fromX, double toX) {
        return control(name, List.of(Point.of(fromX, y), Point.of(toX, y)));
    }

    /**
     * A noisy curve made readable: consecutive points (by x) are put into bins of equal count, and a bin is drawn at the mean of its x with the
     * mean of its y and that mean's 95 % interval, as if the points of a bin were independent. Values that are not
     * finite are left out.
     */
    public static Series binned(String name, List<Point> points, int bins) {
        if (bins < 1) throw new IllegalArgumentException("a curve needs at least one bin, not " + bins);
        List<Point> drawable = points.stream()
                .filter(Point::drawable)
                .sorted(Comparator.comparingDouble(Point::x))
                .toList();
        List<Point> means = new ArrayList<>();
        int count = Math.min(bins, drawable.size());
        for (int bin = 0; bin < count; bin++) {
            int from = (int) ((long) bin * drawable.size() / count);
            int to = (int) ((bin + 1L) * drawable.size() / count);
            means.add(mean(drawable.subList(from, to)));
        }
        return of(name, means);
    }

    private static Point mean(List<Point> bin) {
        double x = bin.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        Estimate y = Estimate.ofDifferences(bin.stream().mapToDouble(Point::y).toArray());
        return bin.size() < 2 ? Point.of(x, y.mean()) : Point.of(x, y.mean(), y.low(), y.high());
    }
}
