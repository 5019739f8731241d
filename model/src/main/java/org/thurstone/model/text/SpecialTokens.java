package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.model.files.ModelTexts;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The special tokens of a model.
 *
 * @param opening whether BOS opens every text; empty where the configuration leaves that to {@code tokenizer.json}
 * @param endings ids that {@code generation_config.json} ends at
 */
record SpecialTokens(
        Optional<String> bos,
        Optional<String> eos,
        Optional<String> pad,
        Optional<Boolean> opening,
        List<Integer> endings) {

    /** No vocabulary is as large. */
    private static final int MOST = 1 << 24;

    private static final JsonMapper JSON = JsonMapper.shared();

    /** A list without elements. */
    static final JsonNode NOTHING = JSON.createArrayNode();

    static SpecialTokens read(ModelTexts texts) {
        JsonNode config = json(texts, "tokenizer_config.json");
        JsonNode map = json(texts, "special_tokens_map.json");
        // transformers: either key, once written, takes the decision from tokenizer.json's post-processor.
        boolean explicit = config.has("add_bos_token") || config.has("add_eos_token");
        List<Integer> endings = new ArrayList<>();
        String generation = texts.where("generation_config.json");
        JsonNode ends = json(texts, "generation_config.json").path("eos_token_id");
        if (ends.isArray()) {
            ends.forEach(id -> endings.add(id(id, generation, "eos_token_id")));
        } else if (!ends.isMissingNode() && !ends.isNull()) {
            endings.add(id(ends, generation, "eos_token_id"));
        }
        return new SpecialTokens(
                token("bos_token", config, map),
                token("eos_token", config, map),
                token("pad_token", config, map),
                explicit ? Optional.of(config.path("add_bos_token").asBoolean(false)) : Optional.empty(),
                List.copyOf(endings));
    }

    /** The same with one more end. */
    SpecialTokens endingAt(int token) {
        List<Integer> more = new ArrayList<>(endings);
        more.add(token);
        return new SpecialTokens(bos, eos, pad, opening, List.copyOf(more));
    }

    private static Optional<String> token(String key, JsonNode... places) {
        for (JsonNode place : places) {
            JsonNode value = place.path(key);
            JsonNode text = value.isObject() ? value.path("content") : value;
            if (text.isString()) {
                return Optional.of(text.stringValue());
            }
        }
        return Optional.empty();
    }

    /**
     * The id of a token.
     *
     * @throws UserError if it is none
     */
    static int id(JsonNode node, String file, String what) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0 || node.intValue() > MOST) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: %s is %s; the id of a token is a whole number from 0 to %,d",
                    file,
                    what,
                    Json.shown(node),
                    MOST));
        }
        return node.intValue();
    }

    /** A JSON file, or an empty object where there is no such file. */
    static JsonNode json(ModelTexts texts, String name) {
        return texts.bytes(name).map(bytes -> json(bytes, texts.where(name))).orElseGet(JSON::createObjectNode);
    }

    /** The JSON in the bytes of a file. */
    static JsonNode json(byte[] bytes, String file) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new UserError(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
