package org.thurstone.elicit.exchange;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cells of a CSV file that spreadsheets open. A text that a spreadsheet would take for a formula gets an apostrophe in front, so it is not
 * executed; {@link #text} takes the apostrophe away again.
 */
final class Cells {

    /** What a spreadsheet begins a formula at, the wide forms of East Asian keyboards included, after any apostrophes. */
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r\\n＝＋－＠].*");

    private Cells() {}

    /** A row with its end; every cell is quoted, so no text can begin another cell. */
    static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> "\"" + safe(cell).replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    static String safe(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }

    /** The text of a cell that {@link #safe} wrote; any other text as it is. */
    static String text(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
