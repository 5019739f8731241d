package org.thurstone.rank.file;

import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads values of a row by column name; a dot selects a field of an object: {@code conv_metadata.turns}, and may be part of a name:
 * {@code category_tag.criteria_v0.1.math}. Empty cells, null and NaN count as missing.
 */
record Cell(ObjectNode row) {

    boolean has(String column) {
        return node(column).isPresent();
    }

    Optional<JsonNode> node(String column) {
        JsonNode direct = row.get(column);
        JsonNode at = direct == null && column.indexOf('.') >= 0 ? within(row, column) : direct;
        return Optional.ofNullable(at)
                .filter(n -> !n.isNull())
                .filter(n -> !(n.isString() && n.stringValue().isBlank()));
    }

    /** Keys may contain dots themselves, such as {@code criteria_v0.1}: each dot may end a key or be part of one. */
    private static @Nullable JsonNode within(JsonNode at, String path) {
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            JsonNode next = at.get(path.substring(0, dot));
            if (next != null) {
                String rest = path.substring(dot + 1);
                JsonNode found = next.get(rest);
                JsonNode deeper = found == null ? within(next, rest) : found;
                if (deeper != null) {
                    return deeper;
                }
            }
        }
        return null;
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

    String columns() {
        return row.propertyNames().stream().limit(30).collect(Collectors.joining(", "));
    }
}
