package org.thurstone.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Maps the values of an axis to pixels.
 *
 * @param low the value at {@code start}
 * @param high the value at {@code end}, above {@code low}
 */
record Scale(double low, double high, double start, double end) {

    double at(double value) {
        return start + (value - low) / (high - low) * (end - start);
    }

    /** Exactly the values' range, widened if it is a single point. */
    static Scale tight(DoubleStream values, double start, double end) {
        double[] range = range(values);
        return new Scale(range[0], range[1], start, end);
    }

    /** The values' range with a little air, and what the axis asks for. */
    static Scale airy(DoubleStream values, Axis axis, double start, double end) {
        double[] given = values.toArray();
        double[] range = range(
                DoubleStream.concat(DoubleStream.of(given), axis.zero() ? DoubleStream.of(0) : DoubleStream.empty()));
        double air = (range[1] - range[0]) * 0.06;
        double low = axis.zero() && range[0] == 0 ? 0 : range[0] - air;
        double high = axis.zero() && range[1] == 0 ? 0 : range[1] + air;
        boolean shares = axis.percent() && DoubleStream.of(given).allMatch(value -> value >= 0 && value <= 1);
        return shares ? new Scale(Math.max(0, low), Math.min(1, high), start, end) : new Scale(low, high, start, end);
    }

    private static double[] range(DoubleStream values) {
        var summary = values.summaryStatistics();
        if (summary.getCount() == 0) return new double[] {0, 1};
        double low = summary.getMin();
        double high = summary.getMax();
        double size = Math.max(Math.abs(low), Math.abs(high));
        // Closer together than a scale can tell apart: one value, shown in the middle.
        if (high - low > 1e-9 * size) return new double[] {low, high};
        double half = size == 0 ? 0.5 : size * 0.05;
        return new double[] {low - half, high + half};
    }

    /** Whether all are whole numbers, as iterations are. */
    static boolean whole(List<Point> points) {
        return points.stream().allMatch(point -> point.x() == Math.rint(point.x()));
    }
}
