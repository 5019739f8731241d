package org.thurstone.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;

/** Line charts of figures over seeds. */
public final class Curves {

    private static final int MOST = 60;

    private Curves() {}

    /**
     * A line for each name with its band over seeds; the first is what the chart is about, the others are dashed.
     *
     * @param values for each name (seeds × places)
     */
    public static Lines of(
            String title, String caption, Axis x, Axis y, double[] places, SequencedMap<String, double[][]> values) {
        List<Series> series = new ArrayList<>();
        for (Map.Entry<String, double[][]> e : values.entrySet()) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < places.length; i += Math.max(1, places.length / MOST)) {
                points.add(at(e.getValue(), i).at(places[i]));
            }
            series.add(new Series(e.getKey(), points, !series.isEmpty()));
        }
        return new Lines(title, caption, x, y, series);
    }

    /** The figure at one place over all seeds. */
    public static Measured at(double[][] seeds, int place) {
        return Measured.of(column(seeds, place));
    }

    /** The values at one place, a seed each. */
    public static double[] column(double[][] seeds, int place) {
        double[] column = new double[seeds.length];
        for (int s = 0; s < column.length; s++) {
            column[s] = seeds[s][place];
        }
        return column;
    }

    /** Where a course first falls to a level, with the part of a step by a straight line; its last step where it never does. */
    public static double reached(double[] course, double level) {
        for (int t = 1; t < course.length; t++) {
            if (course[t] <= level) {
                return t - 1 + (course[t - 1] - level) / (course[t - 1] - course[t]);
            }
        }
        return course.length - 1;
    }

    /** 0, 1, … */
    public static double[] counting(int places) {
        double[] x = new double[places];
        for (int i = 0; i < places; i++) {
            x[i] = i;
        }
        return x;
    }
}
