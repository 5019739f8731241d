package org.thurstone.serve;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.thurstone.data.container.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a JSON object, each of which is read, or refused by name. A field that is {@code null} counts as one that is not there: clients send
 * such for what their user did not set.
 */
final class Fields {

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int SHOWN = 60;

    private final JsonNode node;
    private final String path;
    private final Set<String> known = new HashSet<>();

    private Fields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** The object that a body holds. */
    static Fields of(byte[] body) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JacksonException e) {
            throw ApiException.bad("", "invalid_json", "the body is not JSON: " + Json.reason(e));
        }
        if (node == null || !node.isObject()) {
            throw ApiException.bad("", "invalid_json", "the body is not a JSON object");
        }
        whole(node);
        return new Fields(node, "");
    }

    /** Half a character has no bytes in UTF-8. */
    private static void whole(JsonNode node) {
        if (node.isString() && Json.loneSurrogate(node.stringValue())) {
            throw ApiException.bad("", "invalid_json", "a text holds half a character (a lone surrogate)");
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (Json.loneSurrogate(field.getKey())) {
                    throw ApiException.bad("", "invalid_json", "a name holds half a character (a lone surrogate)");
                }
                whole(field.getValue());
            }
        } else if (node.isArray()) {
            node.forEach(Fields::whole);
        }
    }

    /** Fields of an object within this one. */
    static Fields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw ApiException.bad(path, path + " is not an object, but " + shown(node));
        }
        return new Fields(node, path);
    }

    /** The full name of a field. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    Optional<JsonNode> find(String name) {
        known.add(name);
        JsonNode value = node.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    OptionalInt integer(String name, int least, int most) {
        OptionalLong value = integer(name, (long) least, (long) most);
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong integer(String name, long least, long most) {
        Optional<JsonNode> value = find(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.get().isIntegralNumber()) {
            throw wrong(name, value.get(), "a whole number");
        }
        BigInteger number = value.get().bigIntegerValue();
        if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrong(name, value.get(), "a whole number from " + least + " to " + most);
        }
        return OptionalLong.of(number.longValueExact());
    }

    OptionalDouble number(String name, double least, double most) {
        Optional<JsonNode> value = find(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!value.get().isNumber()) {
            throw wrong(name, value.get(), "a number");
        }
        double number = value.get().asDouble();
        if (!(number >= least && number <= most)) {
            throw wrong(name, value.get(), "a number from " + least + " to " + most);
        }
        return OptionalDouble.of(number);
    }

    boolean flag(String name) {
        Optional<JsonNode> value = find(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw wrong(name, value.get(), "true or false");
        }
        return value.isPresent() && value.get().booleanValue();
    }

    Optional<String> text(String name) {
        return find(name).map(value -> {
            if (!value.isString()) {
                throw wrong(name, value, "a text");
            }
            return value.stringValue();
        });
    }

    List<JsonNode> list(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isArray()) {
                        throw wrong(name, value, "a list");
                    }
                    List<JsonNode> items = new ArrayList<>();
                    value.forEach(items::add);
                    return items;
                })
                .orElse(List.of());
    }

    /** Fields that client libraries send unasked and that change nothing. */
    void ignore(String... names) {
        known.addAll(Arrays.asList(names));
    }

    /** A field that is accepted only where it changes nothing. */
    void only(String name, String harmless, boolean accepted) {
        if (has(name) && !accepted) {
            throw ApiException.unsupported(
                    at(name), "'" + at(name) + "' is not supported by this server, apart from " + harmless);
        }
    }

    /** Refuses what was not asked for. */
    void end() {
        for (String name : ((ObjectNode) node).propertyNames()) {
            if (!known.contains(name) && !node.path(name).isNull()) {
                throw ApiException.unsupported(
                        at(brief(name)), "'" + at(brief(name)) + "' is not supported by this server");
            }
        }
    }

    private static String brief(String name) {
        return name.length() <= SHOWN ? name : name.substring(0, name.offsetByCodePoints(0, SHOWN / 2)) + "…";
    }

    ApiException wrong(String name, JsonNode value, String right) {
        return ApiException.bad(at(name), at(name) + " is not " + right + ", but " + shown(value));
    }

    static String shown(JsonNode value) {
        return Json.shown(value);
    }
}
