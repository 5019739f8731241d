package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.thurstone.data.container.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a row by name, with complaints that say which field and what was there. A null counts as missing. Fields whose value was asked for
 * count as read, and {@link #unread} lists the others.
 */
public final class Fields {

    private final ObjectNode row;
    private final Path path;
    private final long line;
    private final Optional<Columns> file;
    private final Runnable whenRead;
    private final Set<String> read = new HashSet<>();
    private final Set<String> noted = new LinkedHashSet<>();

    /** A row by itself. */
    Fields(ObjectNode row, Path path, long line) {
        this(row, path, line, Optional.empty());
    }

    /** @param file the columns of the file that it is from */
    Fields(ObjectNode row, Path path, long line, Optional<Columns> file) {
        this(row, path, line, file, () -> {});
    }

    private Fields(ObjectNode row, Path path, long line, Optional<Columns> file, Runnable whenRead) {
        this.row = row;
        this.path = path;
        this.line = line;
        this.file = file;
        this.whenRead = whenRead;
    }

    /** The columns of the file, or of the row alone where it is by itself. */
    Columns columns() {
        return file.orElseGet(() -> Columns.of(List.of(this)));
    }

    /** The keys, in the row's order. */
    public List<String> names() {
        return List.copyOf(row.propertyNames());
    }

    public boolean has(String key) {
        return peek(key).isPresent();
    }

    /** Whether the field has more in it than white space. */
    boolean isFilled(String key) {
        return peek(key).filter(node -> !isBlank(node)).isPresent();
    }

    public boolean isText(String key) {
        return peek(key).filter(JsonNode::isString).isPresent();
    }

    public boolean isList(String key) {
        return peek(key).filter(JsonNode::isArray).isPresent();
    }

    /** Whether the field is a list that holds objects. */
    public boolean isObjects(String key) {
        return peek(key)
                .filter(node -> node.isArray() && !node.isEmpty() && node.get(0).isObject())
                .isPresent();
    }

    /** Whether the field is turns of a conversation, one or a list of them. */
    boolean isTurns(String key) {
        return peek(key).filter(Texts::isTurns).isPresent();
    }

    /** The value of a field, which counts as read. */
    public Optional<JsonNode> find(String key) {
        Optional<JsonNode> value = peek(key);
        if (value.isPresent() && read.add(key)) {
            whenRead.run();
        }
        return value;
    }

    /** The value of a field that is looked at to see what the row is, and not read. */
    Optional<JsonNode> peek(String key) {
        return Optional.ofNullable(row.get(key)).filter(node -> !node.isNull());
    }

    /** The first of the keys that is there. */
    public Optional<String> firstOf(String... keys) {
        return List.of(keys).stream().filter(this::has).findFirst();
    }

    /**
     * The first of the keys that is there. If most rows of the file have an earlier one, this row lacks it, and another column does not stand in for
     * it: then there is none.
     */
    Optional<String> firstOf(List<String> keys) {
        for (String key : keys) {
            if (has(key)) {
                return Optional.of(key);
            }
            if (file.isPresent() && file.get().inMost(key)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The fields that are there; empty lists and objects are not. */
    Map<String, JsonNode> present() {
        Map<String, JsonNode> present = new LinkedHashMap<>();
        row.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (!value.isNull() && !(value.isContainer() && value.isEmpty())) {
                present.put(field.getKey(), value);
            }
        });
        return present;
    }

    /** Whether a text in the row holds half a character. */
    boolean hasHalfCharacters() {
        return hasHalfCharacters(row);
    }

    private static boolean hasHalfCharacters(JsonNode node) {
        return node.isString()
                ? Json.loneSurrogate(node.stringValue())
                : node.isContainer() && node.valueStream().anyMatch(Fields::hasHalfCharacters);
    }

    static boolean isBlank(JsonNode node) {
        return node.isString() && node.stringValue().isBlank();
    }

    /** Notes something within the row that was not read, such as {@code messages[].name}. */
    public void noteUnread(String place) {
        noted.add(place);
    }

    /** What was read so far, of what has a value. */
    List<String> read() {
        return read.stream().filter(this::isFilled).sorted().toList();
    }

    /** What was not read so far, of what has a value. */
    List<String> unread() {
        List<String> unread = new ArrayList<>();
        present().forEach((key, value) -> {
            if (!read.contains(key) && !isBlank(value)) {
                unread.add(key);
            }
        });
        unread.addAll(noted);
        return unread;
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

    /** A text or number that describes the row; whatever else stands there is not read. */
    Optional<String> description(String key) {
        return peek(key).filter(node -> node.isNumber() || node.isString()).isPresent()
                ? optionalText(key)
                : Optional.empty();
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
                peek(key).filter(JsonNode::isObject).map(ObjectNode.class::cast).orElseGet(row::objectNode),
                path,
                line,
                Optional.empty(),
                () -> find(key));
    }

    /** The fields of an object in the row; {@link #noteUnread} tells what of it was not read. */
    Fields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(object, path, line);
        }
        throw new BadRow(shown(node) + " is not an object");
    }

    /**
     * Notes what was not read of an object in this row.
     *
     * @param place of the object, such as {@code completions[]}
     */
    void noteUnread(String place, Fields within) {
        within.unread().forEach(key -> noteUnread(place + "." + key));
    }

    /** Which keys the row has, for a complaint. */
    public String keys() {
        return row.propertyNames().stream().limit(20).collect(Collectors.joining(", "));
    }

    /** A name for what has none of its own: file:line. */
    String place() {
        return path.getFileName() + ":" + line;
    }

    static String shown(JsonNode node) {
        String json = node.isNumber() ? node.asString() : node.toString();
        return json.length() <= 40 ? json : json.substring(0, 39) + "…";
    }
}
