package org.thurstone.report;

import java.util.List;
import java.util.stream.Stream;

/** A table as HTML. A table of many columns shows each row as a list of its cells where the screen is narrow,
 * and one that is too wide for the page everywhere. */
final class TableMarkup {

    /** Columns that fit on the screen of a phone. */
    private static final int FEW = 3;

    private TableMarkup() {}

    /** Width of the page's column, in pixels. */
    private static final int PAGE = 768;

    private static final double CHARACTER = 8.3;
    private static final int PADDING = 16;

    private static String kind(Table table) {
        return width(table) > PAGE ? " class=\"tall\"" : table.columns().size() > FEW ? " class=\"many\"" : "";
    }

    /** About how many pixels the table needs at least: numbers stay on one line, words do not. */
    private static double width(Table table) {
        double width = 0;
        for (int c = 0; c < table.columns().size(); c++) {
            int column = c;
            boolean numeric = table.columns().get(c).numeric();
            int longest = Stream.concat(
                            Stream.of(table.columns().get(c).name().split(" ")),
                            table.rows().stream()
                                    .map(row -> row.get(column))
                                    .flatMap(cell -> numeric
                                            ? Stream.of(cell.shown(), cell.detail())
                                            : Stream.of(cell.shown().split(" "))))
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            width += longest * CHARACTER + PADDING;
        }
        return width;
    }

    static String of(Table table) {
        StringBuilder out = new StringBuilder("<table" + kind(table) + ">\n<thead><tr>");
        for (Table.Column column : table.columns()) {
            out.append("<th scope=\"col\"")
                    .append(column.numeric() ? " class=\"number\"" : "")
                    .append('>');
            out.append(Html.escape(column.name())).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        List<List<Boolean>> best = table.best();
        for (int r = 0; r < table.rows().size(); r++) {
            out.append("<tr>");
            for (int c = 0; c < table.columns().size(); c++) {
                String kind = (table.columns().get(c).numeric() ? "number" : "")
                        + (best.get(r).get(c) ? " best" : "");
                Cell cell = table.rows().get(r).get(c);
                out.append("<td class=\"")
                        .append(kind.strip())
                        .append("\" data-column=\"")
                        .append(Html.escape(table.columns().get(c).name()))
                        .append("\">")
                        .append(Html.escape(cell.shown()));
                if (!cell.detail().isEmpty())
                    out.append("<small>").append(Html.escape(cell.detail())).append("</small>");
                out.append("</td>");
            }
            out.append("</tr>\n");
        }
        if (table.rows().isEmpty()) {
            out.append("<tr><td class=\"empty\" colspan=\"")
                    .append(table.columns().size())
                    .append("\">no rows</td></tr>\n");
        }
        return out.append("</tbody></table>\n").toString();
    }
}
