package org.thurstone.rank.agreement;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.thurstone.data.format.BadRow;
import tools.jackson.databind.JsonNode;

/**
 * How labels are read from cells.
 *
 * @param missing words that mean that there is no label, in any case; an empty cell always does
 * @param scale the labels from lowest to highest; empty if their order is to be recognised. A label of the scale is never missing
 * @param separator between the labels of a cell that may have several; empty if each cell is one label
 */
public record LabelCells(List<String> missing, List<String> scale, Optional<String> separator) {

    /** The spellings of a missing value in R, pandas, spreadsheets, SQL and Stata. */
    public static final List<String> MISSING =
            List.of("NA", "N/A", "#N/A", "#NA", "<NA>", "NaN", "-NaN", "null", ".", "n.a.");

    /** One label per cell, in an order that is recognised. */
    public static final LabelCells USUAL = new LabelCells(MISSING, List.of(), Optional.empty());

    /** A set without labels. */
    private static final String EMPTY_SET = "{}";

    private static final String BETWEEN = "; ";

    public LabelCells {
        missing = List.copyOf(missing);
        scale = scale.stream().map(LabelCells::plain).toList();
    }

    /**
     * The label in a cell; empty if it is missing. A list of labels is a set of them, whatever the separator.
     *
     * @throws BadRow if it is an object
     */
    Optional<String> read(JsonNode cell) {
        if (cell.isObject()) throw new BadRow("a label is a text, a number or a list of them, not " + cell);
        if (cell.isArray() || (separator.isPresent() && cell.isString())) {
            if (cell.isString() && isMissing(cell.stringValue().strip())) return Optional.empty();
            Set<String> set = new TreeSet<>();
            if (cell.isArray()) {
                cell.forEach(node -> single(node).ifPresent(set::add));
            } else {
                for (String part : cell.stringValue().split(java.util.regex.Pattern.quote(separator.get()))) {
                    if (!part.isBlank()) set.add(plain(part));
                }
            }
            return Optional.of(joined(set));
        }
        return single(cell);
    }

    private Optional<String> single(JsonNode cell) {
        if (cell.isNull()) return Optional.empty();
        String label = shown(cell);
        return isMissing(label) ? Optional.empty() : Optional.of(label);
    }

    private boolean isMissing(String label) {
        return label.isBlank()
                || (!scale.contains(label) && missing.stream().anyMatch(word -> word.equalsIgnoreCase(label)));
    }

    /** A cell as text; 2.0 becomes 2, so that a whole number is one label however it is written. */
    static String shown(JsonNode node) {
        if (node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue())) {
            return String.valueOf(node.longValue());
        }
        return plain(node.isString() ? node.stringValue() : node.toString());
    }

    private static String plain(String text) {
        String stripped = text.strip();
        return stripped.matches("[+-]?\\d+\\.0+") ? stripped.substring(0, stripped.indexOf('.')) : stripped;
    }

    /** A set of labels as one label, in alphabetical order. */
    static String joined(Set<String> set) {
        return set.isEmpty() ? EMPTY_SET : String.join(BETWEEN, new TreeSet<>(set));
    }

    /** The labels of a set that {@link #joined} made. */
    static Set<String> parts(String label) {
        return label.equals(EMPTY_SET) ? Set.of() : new TreeSet<>(List.of(label.split(BETWEEN)));
    }

    /** Whether a label may mean that there is none, although it is not one of the usual spellings. */
    public static boolean isDoubtful(String label) {
        return Set.of(
                        "none",
                        "-",
                        "--",
                        "?",
                        "missing",
                        "unknown",
                        "not applicable",
                        "no answer",
                        "skip",
                        "skipped",
                        "undefined",
                        "nil")
                .contains(label.toLowerCase(Locale.ROOT));
    }
}
