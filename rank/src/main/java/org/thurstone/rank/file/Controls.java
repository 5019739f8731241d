package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Style as a covariate, as the arenas control for it: the difference of left and right divided by their sum, so that it lies within ±1 whatever the
 * unit. The measures of {@link Style} are those of the assistant's texts; other names are columns.
 */
record Controls(List<String> names, AnswerTexts answers, Set<String> columns, Map<String, List<List<String>>> pairs) {

    private static final List<List<String>> TEXTS = List.of(
            List.of("response_a", "response_b"),
            List.of("conversation_a", "conversation_b"),
            List.of("output_1", "output_2"),
            List.of("text_a", "text_b"));

    private static final List<List<String>> SIDES =
            List.of(List.of("a", "b"), List.of("left", "right"), List.of("1", "2"));

    /** @param answers where texts of answers are read, of all files */
    Controls(List<String> names, AnswerTexts answers) {
        this(
                names,
                answers,
                new HashSet<>(),
                names.stream().distinct().collect(Collectors.toMap(n -> n, Controls::pairs)));
    }

    /** The covariates of one row; throws an IllegalArgumentException that says what is missing. */
    List<Double> of(Cell row) {
        List<Double> values = new ArrayList<>();
        for (String name : names) {
            values.add(of(name, row));
        }
        return values;
    }

    /** One covariate of one row. */
    double of(String name, Cell row) {
        for (List<String> pair : pairs.getOrDefault(name, List.of())) {
            if (exists(row, pair.getFirst()) && exists(row, pair.getLast())) {
                columns.addAll(pair);
                return relative(number(row, pair.getFirst()), number(row, pair.getLast()), pair);
            }
        }
        if (exists(row, name) || name.contains(".")) {
            columns.add(name);
            return number(row, name);
        }
        Optional<Style> style = Style.named(name);
        if (style.isPresent()) {
            for (List<String> pair : TEXTS) {
                if (row.row().has(pair.getFirst()) && row.row().has(pair.getLast())) {
                    columns.addAll(pair);
                    return relative(
                            style.get().of(answers.of(row, pair.getFirst())),
                            style.get().of(answers.of(row, pair.getLast())),
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

    /** The pairs of columns that may hold a covariate: its name with a side at any place, as in {@code sum_assistant_a_tokens}. */
    private static List<List<String>> pairs(String name) {
        int start = name.lastIndexOf('.') + 1;
        List<List<String>> pairs = new ArrayList<>();
        for (List<String> sides : SIDES) {
            pairs.add(sides.stream().map(side -> name + "_" + side).toList());
        }
        for (List<String> sides : SIDES) {
            for (int at = name.indexOf('_', start); at >= 0; at = name.indexOf('_', at + 1)) {
                String before = name.substring(0, at);
                String after = name.substring(at);
                pairs.add(
                        sides.stream().map(side -> before + "_" + side + after).toList());
            }
            pairs.add(sides.stream()
                    .map(side -> name.substring(0, start) + side + "_" + name.substring(start))
                    .toList());
        }
        return List.copyOf(pairs);
    }

    private static boolean exists(Cell row, String column) {
        return row.row().has(column) || row.has(column);
    }

    /** The same of two texts. */
    static double ofTexts(Style style, String left, String right) {
        return relative(style.of(left), style.of(right), List.of("left", "right"));
    }

    private static double relative(double left, double right, List<String> pair) {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException(pair.getFirst() + " and " + pair.getLast()
                    + " are compared by (a − b)/(a + b) and cannot be negative; give the difference in one column");
        }
        return left + right == 0 ? 0 : (left - right) / (left + right);
    }

    /** A number; of an object of numbers, such as the headers of each level, their sum. */
    private static double number(Cell row, String column) {
        Optional<JsonNode> node = row.node(column);
        if (node.isPresent()
                && node.get().isObject()
                && !node.get().isEmpty()
                && node.get().values().stream().allMatch(JsonNode::isNumber)) {
            return node.get().values().stream()
                    .mapToDouble(JsonNode::doubleValue)
                    .sum();
        }
        String text = row.text(column)
                .orElseThrow(() -> new IllegalArgumentException("\"" + column + "\" is empty; a control must be there"))
                .strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + column + "\" is \"" + text + "\", not a number", e);
        }
        throw new IllegalArgumentException("\"" + column + "\" is " + text + ", not a finite number");
    }
}
