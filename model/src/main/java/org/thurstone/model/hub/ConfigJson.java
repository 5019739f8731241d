package org.thurstone.model.hub;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.transformer.TransformerConfig.Source;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object that is read key by key, with messages that name the file and the key. A null counts as absent. */
final class ConfigJson {

    private static final String CONFIG = "config.json";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** No vocabulary, width or context is as large. */
    private static final int MOST = 1 << 24;

    private static final int MOST_LAYERS = 10_000;

    private final String where;
    private final Source source;
    private final JsonNode root;

    private ConfigJson(String where, Source source, JsonNode root) {
        this.where = where;
        this.source = source;
        this.root = root;
    }

    static ConfigJson read(Path file) {
        try {
            return of(file.toString(), InputFile.text(file));
        } catch (NoSuchFileException e) {
            throw new UserError("there is no " + file + ": a model directory has one", e);
        } catch (IOException e) {
            throw new UserError(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The config.json of a model.
     *
     * @throws UserError if it has none, or one that is no JSON object
     */
    static ConfigJson of(Path model) {
        ModelTexts texts = ModelTexts.of(model);
        String where = texts.where(CONFIG);
        String json = texts.text(CONFIG)
                .orElseThrow(() -> new UserError("there is no " + where + ": a model directory has one"));
        return of(where, new Source(json, Optional.of(texts)));
    }

    static ConfigJson of(String where, String json) {
        return of(where, new Source(json, Optional.empty()));
    }

    private static ConfigJson of(String where, Source source) {
        try {
            JsonNode root = MAPPER.readTree(source.json());
            if (!root.isObject()) {
                throw new UserError(where + " is not a JSON object");
            }
            return new ConfigJson(where, source, root);
        } catch (JacksonException e) {
            throw new UserError(where + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The text it was read from. */
    Source source() {
        return source;
    }

    UserError wrong(String key, String what) {
        return new UserError(where + ": \"" + key + "\" " + what);
    }

    private Optional<JsonNode> find(String key) {
        JsonNode node = root.path(key);
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    boolean has(String key) {
        return find(key).isPresent();
    }

    List<String> keys() {
        return new ArrayList<>(root.propertyNames());
    }

    private JsonNode must(String key) {
        return find(key).orElseThrow(() -> wrong(key, "is missing"));
    }

    /** A whole number above zero, and below what any model has. */
    int count(String key) {
        JsonNode node = must(key);
        int most = key.endsWith("layers") || key.equals("n_layer") ? MOST_LAYERS : MOST;
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > most) {
            throw wrong(
                    key,
                    String.format(
                            Locale.ROOT, "is %s; it has to be a whole number from 1 to %,d", Json.shown(node), most));
        }
        return node.intValue();
    }

    int count(String key, int otherwise) {
        return has(key) ? count(key) : otherwise;
    }

    OptionalInt maybeCount(String key) {
        return has(key) ? OptionalInt.of(count(key)) : OptionalInt.empty();
    }

    double number(String key) {
        JsonNode node = must(key);
        if (!node.isNumber()) {
            throw wrong(key, "is " + Json.shown(node) + "; it has to be a number");
        }
        return node.asDouble();
    }

    double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    OptionalDouble maybeNumber(String key) {
        return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode node = must(key);
        if (!node.isBoolean()) {
            throw wrong(key, "is " + Json.shown(node) + "; it has to be true or false");
        }
        return node.booleanValue();
    }

    String text(String key) {
        JsonNode node = must(key);
        if (!node.isString()) {
            throw wrong(key, "is " + Json.shown(node) + "; it has to be a text");
        }
        return node.stringValue();
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    List<String> texts(String key) {
        JsonNode node = must(key);
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : node) {
            if (!entry.isString()) {
                throw wrong(key, "has " + Json.shown(entry) + "; it has to be a list of texts");
            }
            texts.add(entry.stringValue());
        }
        return texts;
    }

    boolean isText(String key) {
        return find(key).map(JsonNode::isString).orElse(false);
    }

    Optional<ConfigJson> object(String key) {
        Optional<JsonNode> node = find(key);
        if (node.isPresent() && !node.get().isObject()) {
            throw wrong(key, "is " + Json.shown(node.get()) + "; it has to be an object");
        }
        return node.map(n -> new ConfigJson(where + " at " + key, new Source(n.toString(), Optional.empty()), n));
    }
}
