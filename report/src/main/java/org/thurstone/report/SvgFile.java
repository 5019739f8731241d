package org.thurstone.report;

import java.util.List;

/** Line charts as a self-contained SVG file, one below the other, for a paper or a slide. */
public final class SvgFile {

    private static final int WIDTH = 760;
    private static final int MARGIN = 20;
    private static final int LINE = 22;
    private static final int BETWEEN = 28;

    private SvgFile() {}

    /** The file's text. The same charts are the same bytes. */
    public static String of(List<Lines> charts) {
        StringBuilder body = new StringBuilder();
        int top = MARGIN;
        for (Lines chart : charts) {
            body.append(text("title", MARGIN, top + 14, chart.title()));
            top += LINE;
            top = legend(chart, top, body);
            body.append("<g transform=\"translate(")
                    .append(MARGIN)
                    .append(' ')
                    .append(top)
                    .append(")\">\n")
                    .append(LineChart.alone(chart))
                    .append("</g>\n");
            top += LineChart.HEIGHT + BETWEEN;
        }
        int height = Math.max(top - BETWEEN, 0) + MARGIN;
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">
            <style>
            %s
            text { font: 12.5px -apple-system, "Segoe UI", "Noto Sans", system-ui, sans-serif; fill: var(--soft); }
            .title { font-size: 16px; font-weight: 620; fill: var(--ink); }
            .ground { fill: var(--ground); }
            </style>
            <rect class="ground" width="%d" height="%d"/>
            %s</svg>
            """.formatted(WIDTH, height, WIDTH, height, Styles.plot(), WIDTH, height, body);
    }

    /** A key and a name for each series, in as many lines as they take; returns where the chart begins. */
    private static int legend(Lines chart, int top, StringBuilder out) {
        int left = MARGIN;
        int line = top;
        for (int s = 0; s < chart.series().size(); s++) {
            Series series = chart.series().get(s);
            int room = 28 + (int) Math.ceil(7.2 * series.name().length()) + 20;
            if (left > MARGIN && left + room > WIDTH - MARGIN) {
                left = MARGIN;
                line += LINE;
            }
            out.append("<g class=\"").append(LineChart.style(series, s)).append("\"><path class=\"line\" d=\"M");
            out.append(left).append(' ').append(line + 10).append("h20\"/></g>\n");
            out.append(text("name", left + 28, line + 14, series.name()));
            left += room;
        }
        return line + LINE + 6;
    }

    private static String text(String style, int left, int base, String text) {
        return "<text class=\"" + style + "\" x=\"" + left + "\" y=\"" + base + "\">" + Html.escape(text) + "</text>\n";
    }
}
