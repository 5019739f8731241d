package org.thurstone.rank.file;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Style as a covariate, as the arenas control for it: the difference of left and right divided by their sum, so that it lies within ±1 whatever the
 * unit. {@code length} is counted in characters and {@code markdown} in headers, bold words and list items, both
 * of the assistant's texts; other names are columns.
 */
record Controls(List<String> names, AnswerTexts answers) {

    private static final List<List<String>> TEXTS = List.of(
            List.of("response_a", "response_b"),
            List.of("conversation_a", "conversation_b"),
            List.of("output_1", "output_2"),
            List.of("text_a", "text_b"));

    private static final Pattern MARKDOWN =
            Pattern.compile("(?m)^#{1,6}\\s|\\*\\*[^*\\n]+\\*\\*|^\\s*[-*+]\\s|^\\s*\\d+\\.\\s");

    Controls(List<String> names) {
        this(names, new AnswerTexts());
    }

    /** One covariate of one row; throws an IllegalArgumentException that says what is missing. */
    double of(String name, Cell row) {
        for (List<String> pair : List.of(
                List.of(name + "_a", name + "_b"),
                List.of(name + "_left", name + "_right"),
                List.of(name + "_1", name + "_2"),
                List.of("left_" + name, "right_" + name))) {
            if (row.row().has(pair.getFirst()) && row.row().has(pair.getLast())) {
                return relative(number(row, pair.getFirst()), number(row, pair.getLast()), pair);
            }
        }
        if (row.row().has(name) || name.contains(".")) {
            return number(row, name);
        }
        if (name.equals("length") || name.equals("markdown")) {
            for (List<String> pair : TEXTS) {
                if (row.row().has(pair.getFirst()) && row.row().has(pair.getLast())) {
                    return relative(
                            style(name, answers.of(row, pair.getFirst())),
                            style(name, answers.of(row, pair.getLast())),
                            pair);
                }
            }
            throw new IllegalArgumentException("there is no column " + name + "_a and " + name
                    + "_b, and no texts to take it from (response_a and response_b, conversation_a and"
                    + " conversation_b)");
        }
        throw new IllegalArgumentException("there is no column \"" + name + "\", nor \"" + name + "_a\" and \"" + name
                + "_b\"; there are: " + row.columns());
    }

    /** The same of two texts. */
    static double ofTexts(String name, String left, String right) {
        return relative(style(name, left), style(name, right), List.of("left", "right"));
    }

    private static double style(String name, String text) {
        return name.equals("length")
                ? text.codePointCount(0, text.length())
                : MARKDOWN.matcher(text).results().count();
    }

    private static double relative(double left, double right, List<String> pair) {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(pair.getFirst() + " and " + pair.getLast()
                    + " are compared by (a − b)/(a + b) and cannot be negative; give the difference in one column");
        }
        return left + right == 0 ? 0 : (left - right) / (left + right);
    }

    private static double number(Cell row, String column) {
        String text = row.text(column)
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + column + "\" is empty; a control must be there"));
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", not a number", e);
        }
        throw new IllegalArgumentException("\"" + column + "\" is " + text + ", not a finite number");
    }
}
