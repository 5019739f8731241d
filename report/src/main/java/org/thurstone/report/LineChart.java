package org.thurstone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.thurstone.data.Count;

/**
 * A line chart as inline SVG, drawn twice: wide for a page, narrow for a phone or a panel, so that its lettering has the same size in both.
 * The stylesheet shows one. Values are read off by pointing: each x is a transparent strip whose {@code <title>} lists the series there.
 */
final class LineChart {

    private static final int MOST_POINTS = 400;
    private static final int MOST_STRIPS = 120;
    private static final int MOST_MARKS = 12;
    private static final int COLOURS = 6;

    /** Width of the wide drawing, in pixels. */
    static final int WIDTH = 720;

    static final int HEIGHT = 320;

    private final Lines lines;
    private final List<List<Point>> drawn;
    private final int width;
    private final int height;
    private final Scale x;
    private final Scale y;
    private final StringBuilder out = new StringBuilder();

    private LineChart(Lines lines, int width, int height) {
        this.lines = lines;
        this.width = width;
        this.height = height;
        this.drawn = lines.series().stream()
                .map(series -> series.points().stream().filter(Point::drawable).toList())
                .toList();
        List<Point> all = drawn.stream().flatMap(List::stream).toList();
        DoubleStream ys = all.stream()
                .flatMapToDouble(
                        p -> p.hasInterval() ? DoubleStream.of(p.y(), p.low(), p.high()) : DoubleStream.of(p.y()));
        this.y = Scale.airy(ys, lines.y(), height - 44.0, 26);
        double gutter = 14
                + 7.2
                        * yTicks().values().stream()
                                .mapToInt(tick -> yTicks().label(tick, lines.y().percent())
                                        .length())
                                .max()
                                .orElse(1);
        this.x = Scale.tight(all.stream().mapToDouble(Point::x), gutter, width - 14.0);
    }

    static String both(Lines lines) {
        if (lines.series().stream().noneMatch(series -> series.points().stream().anyMatch(Point::drawable))) {
            return "<p class=\"empty\">no data</p>\n";
        }
        return legend(lines)
                + new LineChart(lines, WIDTH, HEIGHT).svg("wide")
                + new LineChart(lines, 350, 250).svg("narrow")
                + leftOut(lines);
    }

    /** The wide drawing, to stand in another one; empty where there is nothing to draw. */
    static String alone(Lines lines) {
        return lines.series().stream()
                        .noneMatch(series -> series.points().stream().anyMatch(Point::drawable))
                ? ""
                : new LineChart(lines, WIDTH, HEIGHT)
                        .svg("wide")
                        .replaceFirst(
                                "viewBox",
                                "width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" overflow=\"visible\" viewBox");
    }

    private static String legend(Lines lines) {
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        for (int s = 0; s < lines.series().size(); s++) {
            Series series = lines.series().get(s);
            legend.append("<li><svg class=\"key ")
                    .append(style(series, s))
                    .append("\" width=\"22\" height=\"10\" aria-hidden=\"true\">");
            legend.append("<path class=\"line\" d=\"M1 5H21\"/></svg>")
                    .append(Html.escape(series.name()))
                    .append("</li>\n");
        }
        return legend.append("</ul>\n").toString();
    }

    private static String leftOut(Lines lines) {
        long count = lines.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(point -> !point.drawable())
                .count();
        if (count == 0) return "";
        return "<p class=\"left-out\">" + Count.of(count, "value was", "values were")
                + " not finite and left out.</p>\n";
    }

    static String style(Series series, int index) {
        return "s" + (index % COLOURS + 1) + (series.control() ? " control" : "");
    }

    private String svg(String size) {
        out.append("<svg class=\"plot ")
                .append(size)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height);
        out.append("\" role=\"img\" aria-label=\"")
                .append(Html.escape(lines.title() + ": " + summary()))
                .append("\">\n");
        axes();
        // Controls first: what the chart is about lies on top.
        for (int pass = 0; pass < 2; pass++) {
            for (int s = 0; s < drawn.size(); s++) {
                Series series = lines.series().get(s);
                if (series.control() == (pass == 0) && !drawn.get(s).isEmpty()) series(series, s);
            }
        }
        strips();
        return out.append("</svg>\n").toString();
    }

    private String summary() {
        List<String> ends = new ArrayList<>();
        for (int s = 0; s < drawn.size(); s++) {
            if (drawn.get(s).isEmpty()) continue;
            ends.add(lines.series().get(s).name() + " from "
                    + Numbers.on(lines.y(), drawn.get(s).getFirst().y()) + " to "
                    + Numbers.on(lines.y(), drawn.get(s).getLast().y()));
        }
        return String.join("; ", ends);
    }

    private Ticks yTicks() {
        return Ticks.between(y.low(), y.high(), 6, false);
    }

    private void axes() {
        Ticks up = yTicks();
        out.append("<g class=\"grid\">\n");
        for (double tick : up.values()) {
            out.append("<path d=\"M")
                    .append(at(x.start()))
                    .append(' ')
                    .append(at(y.at(tick)))
                    .append('H')
                    .append(at(x.end()))
                    .append("\"/>");
            text("end", x.start() - 8, y.at(tick) + 4, up.label(tick, lines.y().percent()));
        }
        boolean whole = drawn.stream().allMatch(Scale::whole);
        Ticks along = Ticks.between(x.low(), x.high(), width > 500 ? 9 : 5, whole);
        for (double tick : along.values()) {
            String foot = at(x.at(tick)) + " " + at(y.start());
            out.append("<path class=\"foot\" d=\"M").append(foot).append("v5\"/>");
            String label = along.label(tick, lines.x().percent());
            // A label at the right edge moves inwards as far as it must.
            double centre = Math.min(x.at(tick), width - 3.6 * label.length());
            text("middle", centre, y.start() + 19, label);
        }
        out.append("<path class=\"foot\" d=\"M")
                .append(at(x.start()))
                .append(' ')
                .append(at(y.start()))
                .append('H')
                .append(at(x.end()))
                .append("\"/>\n</g>\n");
        out.append("<g class=\"axis\">");
        text("start", 0, 11, lines.y().label());
        text("end", x.end(), height - 5.0, lines.x().label());
        out.append("</g>\n");
    }

    private void series(Series series, int index) {
        List<Point> points = Thinning.to(MOST_POINTS, series.points());
        int count = drawn.get(index).size();
        boolean marked = count == 1 || (count <= MOST_MARKS && !series.control());
        out.append("<g class=\"").append(style(series, index)).append("\">\n");
        if (!marked) bands(points);
        line(points);
        if (marked) for (Point point : drawn.get(index)) mark(point);
        out.append("</g>\n");
    }

    private void line(List<Point> points) {
        out.append("<path class=\"line\" d=\"");
        boolean pen = false;
        for (Point point : points) {
            if (point.drawable()) out.append(pen ? 'L' : 'M').append(place(point.x(), point.y()));
            pen = point.drawable();
        }
        out.append("\"/>\n");
    }

    /** One band for each stretch of points that have an interval. */
    private void bands(List<Point> points) {
        List<Point> stretch = new ArrayList<>();
        for (Point point : points) {
            if (point.drawable() && point.hasInterval()) {
                stretch.add(point);
            } else {
                band(stretch);
                stretch.clear();
            }
        }
        band(stretch);
    }

    private void band(List<Point> stretch) {
        if (stretch.size() < 2) return;
        String upper = stretch.stream().map(p -> place(p.x(), p.high())).collect(Collectors.joining("L"));
        String lower =
                stretch.reversed().stream().map(p -> place(p.x(), p.low())).collect(Collectors.joining("L"));
        out.append("<path class=\"band\" d=\"M")
                .append(upper)
                .append('L')
                .append(lower)
                .append("Z\"/>\n");
    }

    private void mark(Point point) {
        if (point.hasInterval()) {
            String across = "M" + at(x.at(point.x()) - 4) + " %sh8";
            out.append("<path class=\"error\" d=\"M")
                    .append(place(point.x(), point.low()))
                    .append('V')
                    .append(at(y.at(point.high())));
            out.append(across.formatted(at(y.at(point.low()))))
                    .append(across.formatted(at(y.at(point.high()))))
                    .append("\"/>");
        }
        out.append("<circle class=\"mark\" cx=\"")
                .append(at(x.at(point.x())))
                .append("\" cy=\"")
                .append(at(y.at(point.y())))
                .append("\" r=\"4\"/>\n");
    }

    /** Each strip reaches halfway to its neighbours. */
    private void strips() {
        double[] xs = drawn.stream()
                .flatMap(List::stream)
                .mapToDouble(Point::x)
                .distinct()
                .sorted()
                .toArray();
        int count = Math.min(xs.length, MOST_STRIPS);
        double[] shown = new double[count];
        for (int i = 0; i < count; i++)
            shown[i] = xs[count == 1 ? 0 : (int) ((long) i * (xs.length - 1) / (count - 1))];
        out.append("<g class=\"strips\">\n");
        for (int i = 0; i < count; i++) {
            double left = i == 0 ? x.start() : x.at((shown[i - 1] + shown[i]) / 2);
            double right = i == count - 1 ? x.end() : x.at((shown[i] + shown[i + 1]) / 2);
            out.append("<g><rect x=\"")
                    .append(at(left))
                    .append("\" y=\"")
                    .append(at(y.end()))
                    .append("\" width=\"")
                    .append(at(right - left));
            out.append("\" height=\"")
                    .append(at(y.start() - y.end()))
                    .append("\"><title>")
                    .append(Html.escape(reading(shown[i])));
            out.append("</title></rect><path d=\"M")
                    .append(at(x.at(shown[i])))
                    .append(' ')
                    .append(at(y.end()))
                    .append('V')
                    .append(at(y.start()))
                    .append("\"/></g>\n");
        }
        out.append("</g>\n");
    }

    private String reading(double at) {
        StringBuilder reading = new StringBuilder(lines.x().label() + " " + Numbers.on(lines.x(), at));
        for (int s = 0; s < drawn.size(); s++) {
            for (Point point : drawn.get(s)) {
                if (point.x() != at) continue;
                reading.append('\n')
                        .append(lines.series().get(s).name())
                        .append(": ")
                        .append(Numbers.on(lines.y(), point.y()));
                if (point.hasInterval()) {
                    reading.append(" (")
                            .append(Numbers.on(lines.y(), point.low()))
                            .append(" to ");
                    reading.append(Numbers.on(lines.y(), point.high())).append(')');
                }
                break;
            }
        }
        return reading.toString();
    }

    private void text(String anchor, double left, double base, String text) {
        out.append("<text x=\"")
                .append(at(left))
                .append("\" y=\"")
                .append(at(base))
                .append("\" text-anchor=\"")
                .append(anchor);
        out.append("\">").append(Html.escape(text)).append("</text>\n");
    }

    private String place(double valueX, double valueY) {
        return at(x.at(valueX)) + " " + at(y.at(valueY));
    }

    private static String at(double coordinate) {
        return Ticks.at(coordinate);
    }
}
