package org.thurstone.report;

import java.util.ArrayList;
import java.util.List;

/** A table for the console: aligned columns, the best marked by a star, or in bold where the terminal can. */
public final class TerminalTable {

    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private TerminalTable() {}

    /**
     * The table as lines of text, each ending with a line break.
     *
     * @param styled whether the terminal shows bold and faint
     */
    public static String of(Table table, boolean styled) {
        List<List<Boolean>> best = table.best();
        List<List<String>> texts = new ArrayList<>();
        texts.add(table.columns().stream()
                .map(column -> line(column.name()) + (!styled && column.best() != Table.Best.NONE ? " " : ""))
                .toList());
        for (int r = 0; r < table.rows().size(); r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < table.columns().size(); c++) {
                Cell cell = table.rows().get(r).get(c);
                String detail = cell.detail().isEmpty() ? "" : " (" + cell.detail() + ")";
                // A column with a best keeps room for its star, so that the digits still stand under each other.
                boolean contest = !styled && table.columns().get(c).best() != Table.Best.NONE;
                String text = line(cell.shown() + detail);
                // Other programs read numbers with this minus only; names keep theirs.
                boolean numeric = table.columns().get(c).numeric();
                row.add((numeric ? text.replace('\u2212', '-') : text)
                        + (contest ? best.get(r).get(c) ? "*" : " " : ""));
            }
            texts.add(row);
        }
        int[] widths = new int[table.columns().size()];
        for (List<String> row : texts) {
            for (int c = 0; c < widths.length; c++) widths[c] = Math.max(widths[c], width(row.get(c)));
        }
        StringBuilder out = new StringBuilder();
        if (!table.title().isEmpty())
            out.append(styled ? BOLD + line(table.title()) + PLAIN : line(table.title()))
                    .append("\n");
        for (int r = 0; r < texts.size(); r++) {
            StringBuilder row = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String text = texts.get(r).get(c);
                String gap = " ".repeat(widths[c] - width(text));
                boolean bold = styled && r > 0 && best.get(r - 1).get(c);
                String shown = bold ? BOLD + text + PLAIN : text;
                row.append(c == 0 ? "" : "  ").append(table.columns().get(c).numeric() ? gap + shown : shown + gap);
            }
            out.append(
                    styled && r == 0
                            ? FAINT + row.toString().stripTrailing() + PLAIN
                            : row.toString().stripTrailing());
            out.append("\n");
            if (r == 0) out.append(rule(widths)).append("\n");
        }
        return out.toString();
    }

    private static String rule(int[] widths) {
        List<String> parts = new ArrayList<>();
        for (int width : widths) parts.add("─".repeat(width));
        return String.join("  ", parts);
    }

    /** On one line, and nothing that a terminal would obey. */
    private static String line(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    /** In terminal cells: combining marks take none, East Asian wide characters and emoji two. */
    static int width(String text) {
        return text.codePoints().map(TerminalTable::cells).sum();
    }

    private static int cells(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT)
            return 0;
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || (c >= 0x1f300 && c <= 0x1faff)
                || (c >= 0x20000 && c <= 0x3fffd);
        return wide ? 2 : 1;
    }
}
