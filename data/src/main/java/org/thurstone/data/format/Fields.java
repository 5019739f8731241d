package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a row by name, with complaints that say which field and what was there. A null counts as missing. */
public final class Fields {

    private final ObjectNode row;
    private final Path path;
    private final long line;

    Fields(ObjectNode row, Path path, long line) {
        this.row = row;
        this.path = path;
        this.line = line;
    }

    /** The keys, in the row's order. */
    public List<String> names() {
        return List.copyOf(row.propertyNames());
    }

    public boolean has(String key) {
        return find(key).isPresent();
    }

    public boolean isText(String key) {
        return find(key).filter(JsonNode::isString).isPresent();
    }

    public boolean isList(String key) {
        return find(key).filter(JsonNode::isArray).isPresent();
    }

    /** Whether the field is a list that holds objects. */
    public boolean isObjects(String key) {
        return find(key)
                .filter(node -> node.isArray() && !node.isEmpty() && node.get(0).isObject())
                .isPresent();
    }

    public Optional<JsonNode> find(String key) {
        return Optional.ofNullable(row.get(key)).filter(node -> !node.isNull());
    }

    /** The first of the keys that is there. */
    public Optional<String> firstOf(String... keys) {
        return List.of(keys).stream().filter(this::has).findFirst();
    }

    public JsonNode get(String key) {
        return find(key).orElseThrow(() -> new BadRow("'" + key + "' is missing"));
    }

    public String text(String key) {
        return text(get(key), "'" + key + "'");
    }

    static String text(JsonNode node, String name) {
        if (!node.isString()) {
            throw new BadRow(name + " is " + shown(node) + ", not a text");
        }
        return node.stringValue();
    }

    public Optional<String> optionalText(String key) {
        return find(key).map(node -> node.isNumber() ? node.toString() : text(node, "'" + key + "'"));
    }

    public List<JsonNode> list(String key) {
        JsonNode node = get(key);
        if (!node.isArray()) {
            throw new BadRow("'" + key + "' is " + shown(node) + ", not a list");
        }
        List<JsonNode> items = new ArrayList<>(node.size());
        node.forEach(items::add);
        return items;
    }

    public List<Double> numbers(String key) {
        return list(key).stream().map(node -> number(node, "'" + key + "'")).toList();
    }

    public double number(String key) {
        return number(get(key), "'" + key + "'");
    }

    /** A number that may be missing; an empty cell of a CSV file is. */
    public OptionalDouble optionalNumber(String key) {
        return find(key)
                .filter(node -> !(node.isString() && node.stringValue().isBlank()))
                .map(node -> OptionalDouble.of(number(node, "'" + key + "'")))
                .orElse(OptionalDouble.empty());
    }

    /** A finite number; texts that are numbers count, since that is all a CSV file has. */
    static double number(JsonNode node, String name) {
        double value;
        try {
            value = node.isNumber()
                    ? node.doubleValue()
                    : node.isString() ? Double.parseDouble(node.stringValue().strip()) : Double.NaN;
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw new BadRow(name + " is " + shown(node) + ", not a finite number");
        }
        return value;
    }

    /** True or false; also as a text, in any case, and as 1 and 0. */
    public boolean truth(String key) {
        return truth(get(key))
                .orElseThrow(() -> new BadRow("'" + key + "' is " + shown(get(key)) + ", not true or false"));
    }

    /** Whether a field is there and true. */
    public boolean isTrue(String key) {
        return find(key)
                .filter(node -> !(node.isString() && node.stringValue().isBlank()))
                .map(node -> truth(key))
                .orElse(false);
    }

    static Optional<Boolean> truth(JsonNode node) {
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        return switch (node.isString()
                ? node.stringValue().strip().toLowerCase(java.util.Locale.ROOT)
                : node.toString()) {
            case "true", "1", "1.0" -> Optional.of(true);
            case "false", "0", "0.0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The fields of an object within the row, such as {@code metadata}; no fields where there is none. */
    public Fields within(String key) {
        return new Fields(
                find(key).filter(JsonNode::isObject).map(ObjectNode.class::cast).orElseGet(row::objectNode),
                path,
                line);
    }

    Fields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, path, line);
        }
        throw new BadRow(shown(node) + " is not an object");
    }

    /** Which keys the row has, for a complaint. */
    public String keys() {
        return row.propertyNames().stream().limit(20).collect(Collectors.joining(", "));
    }

    /** A name for what has none of its own: file:line. */
    String place() {
        return path.getFileName() + ":" + line;
    }

    private static String shown(JsonNode node) {
        String json = node.isNumber() ? node.asString() : node.toString();
        return json.length() <= 40 ? json : json.substring(0, 39) + "…";
    }
}
