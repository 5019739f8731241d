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
    /** A word of more characters, such as a long name, is broken. */
    private static final int LONGEST_WORD = 30;

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
                                            ? Stream.of(cell.whole(), cell.detail())
                                            : Stream.of(cell.whole().split(" "))))
                    .mapToInt(word -> numeric ? word.length() : Math.min(LONGEST_WORD, word.length()))
                    .max()
                    .orElse(0);
            width += longest * CHARACTER + PADDING;
        }
        return width;
    }

    static String of(Table table) {
        return of(table, -1);
    }

    /** @param named the column whose words name the row, which stand first where a row is a list; −1 for none */
    static String of(Table table, int named) {
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
                Cell cell = table.rows().get(r).get(c);
                boolean numeric = table.columns().get(c).numeric();
                String kind = (numeric ? "number" : broken(cell.whole()) ? "broken" : "")
                        + (best.get(r).get(c) ? " best" : "")
                        + (c == named ? " named" : "");
                out.append("<td")
                        .append(kind.isBlank() ? "" : " class=\"" + kind.strip() + "\"")
                        .append(" data-column=\"")
                        .append(Html.escape(table.columns().get(c).name()))
                        .append("\">")
                        .append(Html.sentence(cell.whole()));
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

    private static boolean broken(String words) {
        return words.length() > LONGEST_WORD
                && Stream.of(words.split(" ")).anyMatch(word -> word.length() > LONGEST_WORD);
    }
}
