package org.thurstone.report;

import java.util.List;

/** A table as HTML. Where the screen is narrow, a table of many columns shows each row as a list of its cells. */
final class TableMarkup {

    /** Columns that fit on the screen of a phone. */
    private static final int FEW = 3;

    private TableMarkup() {}

    static String of(Table table) {
        StringBuilder out = new StringBuilder(
                "<table" + (table.columns().size() > FEW ? " class=\"many\"" : "") + ">\n<thead><tr>");
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
