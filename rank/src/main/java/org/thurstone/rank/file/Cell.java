package org.thurstone.rank.file;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads values of a row by column name; a dot selects a field of an object: {@code conv_metadata.turns}. Empty cells, null and NaN count as missing.
 */
record Cell(ObjectNode row) {

    boolean has(String column) {
        return node(column).isPresent();
    }

    Optional<JsonNode> node(String column) {
        JsonNode direct = row.get(column);
        JsonNode at = direct;
        if (direct == null && column.contains(".")) {
            at = row;
            for (String step : column.split("\\.", -1)) {
                at = at == null ? null : at.get(step);
            }
        }
        return Optional.ofNullable(at)
                .filter(n -> !n.isNull())
                .filter(n -> !(n.isString() && n.stringValue().isBlank()));
    }

    /** As text; numbers and truths as they are written. Throws an IllegalArgumentException if it is a list or an object. */
    Optional<String> text(String column) {
        return node(column).map(n -> {
            if (n.isContainer()) {
                throw new IllegalArgumentException("\"" + column + "\" is " + (n.isArray() ? "a list" : "an object")
                        + ", not a text or a number" + inside(column, n));
            }
            return n.isString() ? n.stringValue() : n.asString();
        });
    }

    /** What identifies a cell: its text, or all that a conversation says. */
    Optional<String> identity(String column) {
        Optional<JsonNode> node = node(column);
        return node.isPresent() && isConversation(node.get()) ? node.map(JsonNode::toString) : text(column);
    }

    /** Whether a value is a list of turns, or one. */
    static boolean isConversation(JsonNode node) {
        return node.has("role")
                || (node.isArray() && !node.isEmpty() && node.path(0).has("role"));
    }

    /** How to name what is inside an object. */
    private static String inside(String column, JsonNode node) {
        return node.isObject() && !node.isEmpty()
                ? "; name what is in it, such as \"" + column + "."
                        + node.propertyNames().iterator().next() + "\""
                : "";
    }

    /** The first of these columns that the row has. */
    Optional<String> firstOf(Iterable<String> columns) {
        for (String column : columns) {
            if (row.has(column)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    String columns() {
        return row.propertyNames().stream().limit(30).collect(Collectors.joining(", "));
    }
}
