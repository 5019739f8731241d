package org.thurstone.rank.file;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row by column names; a dot reaches into an object: {@code conv_metadata.turns}. Empty cells, null and NaN count as missing. */
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

    /** As text; numbers and truths as they are written. */
    Optional<String> text(String column) {
        return node(column).map(n -> n.isString() ? n.stringValue() : n.asString());
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
