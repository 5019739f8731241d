package org.thurstone.report;

import java.util.List;

/** A table as HTML; it scrolls separately where the screen is narrow. */
final class TableMarkup {

    private TableMarkup() {}

    static String of(Table table) {
        StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
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
                out.append("<td class=\"").append(kind.strip()).append("\">").append(Html.escape(cell.shown()));
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
        return out.append("</tbody></table></div>\n").toString();
    }
}
