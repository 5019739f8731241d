package org.thurstone.model.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.thurstone.tensor.gguf.Metadata;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokenizer in the metadata of a GGUF file, as the JSON files that a Hugging Face directory has: byte-level BPE with the splitting that
 * {@code tokenizer.ggml.pre} names, or SentencePiece's BPE, whose merges follow from the scores of its tokens.
 */
final class GgufTokenizer {

    private static final String KEY = "tokenizer.ggml.";
    private static final String PRE = KEY + "pre";
    private static final String TEMPLATE = "tokenizer.chat_template";

    /** The kinds of tokens, by ggml's numbers. */
    private static final int NORMAL = 1;

    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /** Tokens that end a turn in the templates of known models, whether or not the metadata say so. */
    private static final List<String> TURN_ENDS =
            List.of("<|im_end|>", "<|eot_id|>", "<|end|>", "<end_of_turn>", "<|eom_id|>", "<EOT>", "<|endoftext|>");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Metadata metadata;
    private final List<String> tokens;
    private final int[] types;
    private final boolean sentencePiece;
    private final Optional<PreTokenizer> pre;

    private GgufTokenizer(Metadata metadata) {
        this.metadata = metadata;
        String model = metadata.text(KEY + "model")
                .orElseThrow(() -> metadata.wrong(KEY + "model", "is missing: the file has no tokenizer"));
        this.sentencePiece = switch (model) {
            case "llama" -> true;
            case "gpt2" -> false;
            default ->
                throw metadata.wrong(
                        KEY + "model",
                        "is \"" + model + "\"; the tokenizers that can be read are gpt2 (byte-level BPE) and llama"
                                + " (SentencePiece)");
        };
        this.tokens = metadata.texts(KEY + "tokens").orElseThrow(() -> metadata.wrong(KEY + "tokens", "is missing"));
        this.types = types();
        this.pre = sentencePiece ? Optional.empty() : Optional.of(preTokenizer());
    }

    static GgufTokenizer of(Metadata metadata) {
        return new GgufTokenizer(metadata);
    }

    private int[] types() {
        int[] types = new int[tokens.size()];
        Arrays.fill(types, NORMAL);
        metadata.counts(KEY + "token_type").ifPresent(given -> {
            if (given.length != types.length) {
                throw metadata.wrong(
                        KEY + "token_type", "has " + given.length + " entries for " + types.length + " tokens");
            }
            for (int id = 0; id < types.length; id++) {
                types[id] = (int) given[id];
            }
        });
        // What opens, ends or fills a sequence is never text, whatever its type says.
        for (String key : List.of("bos_token_id", "eos_token_id", "eot_token_id", "eom_token_id", "padding_token_id")) {
            id(key).ifPresent(id -> types[(int) id] = CONTROL);
        }
        return types;
    }

    private OptionalLong id(String key) {
        OptionalLong id = metadata.count(KEY + key);
        if (id.isPresent() && id.getAsLong() >= tokens.size()) {
            throw metadata.wrong(KEY + key, "is " + id.getAsLong() + ", and there are " + tokens.size() + " tokens");
        }
        return id;
    }

    private PreTokenizer preTokenizer() {
        String name = metadata.text(PRE)
                .orElseThrow(() -> metadata.wrong(
                        PRE,
                        "is missing: how a text is split before merging cannot be guessed; if you know it, name it with"
                                + " thurstone model convert FILE --pre NAME --output NEW.gguf; the names that are known"
                                + " are " + PreTokenizer.names()));
        return PreTokenizer.of(name)
                .orElseThrow(() -> metadata.wrong(
                        PRE,
                        "is \"" + name + "\"; if you know another that means the same, name it with thurstone model"
                                + " convert FILE --pre NAME --output NEW.gguf; the names that are known are "
                                + PreTokenizer.names()));
    }

    /** What tokenizer.json would be. */
    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        for (int id = 0; id < types.length; id++) {
            if (types[id] == CONTROL || types[id] == USER_DEFINED) {
                added.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", types[id] == CONTROL);
            }
        }
        if (sentencePiece) {
            sentencePiece(json);
        } else {
            byteLevel(json);
        }
        return json;
    }

    private ObjectNode model(ObjectNode json) {
        ObjectNode model = json.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        return model;
    }

    private void byteLevel(ObjectNode json) {
        PreTokenizer splitting = pre.orElseThrow();
        boolean spaced = splitting.form() == PreTokenizer.Form.SPACED;
        if (spaced) {
            json.putObject("normalizer")
                    .put("type", "Replace")
                    .put("content", "▁")
                    .putObject("pattern")
                    .put("String", " ");
        } else {
            json.putNull("normalizer");
        }
        json.set("pre_tokenizer", splitting.json());
        json.putNull("post_processor");
        switch (splitting.form()) {
            case BYTES -> PreTokenizer.byteLevel(json.putObject("decoder"));
            case SPACED ->
                spaces(json.putObject("decoder").put("type", "Sequence").putArray("decoders"));
            case PLAIN -> json.putObject("decoder").put("type", "Fuse");
        }
        ObjectNode model = model(json);
        model.putNull("unk_token");
        model.put("fuse_unk", false);
        model.put("byte_fallback", spaced);
        model.put("ignore_merges", splitting.wholeWords());
        ArrayNode merges = model.putArray("merges");
        metadata.texts(KEY + "merges")
                .orElseThrow(() -> metadata.wrong(KEY + "merges", "is missing"))
                .forEach(merges::add);
    }

    private static void spaces(ArrayNode decoders) {
        decoders.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("String", "▁");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
    }

    private void sentencePiece(ObjectNode json) {
        ArrayNode normalizers =
                json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        boolean prefix = metadata.flag(KEY + "add_space_prefix").orElse(true);
        if (prefix) {
            normalizers.addObject().put("type", "Prepend").put("prepend", "▁");
        }
        normalizers
                .addObject()
                .put("type", "Replace")
                .put("content", "▁")
                .putObject("pattern")
                .put("String", " ");
        json.putNull("pre_tokenizer");
        json.putNull("post_processor");
        ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        spaces(decoders);
        if (prefix) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ObjectNode model = model(json);
        model.put("unk_token", tokens.get((int) id("unknown_token_id").orElse(0)));
        model.put("fuse_unk", true);
        model.put("byte_fallback", true);
        model.put("ignore_merges", false);
        ArrayNode merges = model.putArray("merges");
        merges().forEach(merge -> merges.addArray().add(merge.left).add(merge.right));
    }

    /** Two tokens that make a third one; the higher its score, the sooner they are joined. */
    private record Merge(String left, String right, float score, int leftId, int rightId) {}

    private List<Merge> merges() {
        float[] scores =
                metadata.numbers(KEY + "scores").orElseThrow(() -> metadata.wrong(KEY + "scores", "is missing"));
        if (scores.length != tokens.size()) {
            throw metadata.wrong(KEY + "scores", "has " + scores.length + " entries for " + tokens.size() + " tokens");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == NORMAL || types[id] == USER_DEFINED) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        for (Map.Entry<String, Integer> token : ids.entrySet()) {
            String text = token.getKey();
            for (int at = text.offsetByCodePoints(0, text.isEmpty() ? 0 : 1);
                    at < text.length();
                    at = text.offsetByCodePoints(at, 1)) {
                Integer left = ids.get(text.substring(0, at));
                Integer right = ids.get(text.substring(at));
                if (left != null && right != null) {
                    merges.add(new Merge(
                            text.substring(0, at), text.substring(at), scores[token.getValue()], left, right));
                }
            }
        }
        merges.sort(Comparator.comparingDouble((Merge m) -> -m.score)
                .thenComparingInt(Merge::leftId)
                .thenComparingInt(Merge::rightId));
        return merges;
    }

    /** What tokenizer_config.json would be. */
    ObjectNode config() {
        ObjectNode config = JSON.createObjectNode();
        name(config, "bos_token", "bos_token_id");
        name(config, "eos_token", "eos_token_id");
        name(config, "pad_token", "padding_token_id");
        name(config, "unk_token", "unknown_token_id");
        config.put("add_bos_token", opened());
        config.put("add_eos_token", false);
        config.put("clean_up_tokenization_spaces", false);
        templates(config);
        return config;
    }

    /** Templates with names of their own, which a directory has as a list with the default among them. */
    private void templates(ObjectNode config) {
        List<String> named = metadata.keys().stream()
                .filter(key -> key.startsWith(TEMPLATE + "."))
                .toList();
        if (named.isEmpty()) {
            return;
        }
        ArrayNode list = config.putArray("chat_template");
        metadata.text(TEMPLATE)
                .ifPresent(text -> list.addObject().put("name", "default").put("template", text));
        named.forEach(key -> list.addObject()
                .put("name", key.substring(TEMPLATE.length() + 1))
                .put("template", metadata.text(key).orElseThrow()));
    }

    private boolean opened() {
        return metadata.flag(KEY + "add_bos_token")
                .orElseGet(() -> pre.map(PreTokenizer::opened).orElse(sentencePiece));
    }

    private void name(ObjectNode config, String key, String id) {
        id(id).ifPresent(at -> config.put(key, tokens.get((int) at)));
    }

    /** What generation_config.json would be: every token after which an answer is at its end. */
    ObjectNode generation() {
        TreeSet<Integer> ends = new TreeSet<>();
        for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
            id(key).ifPresent(id -> ends.add((int) id));
        }
        for (int id = 0; id < types.length; id++) {
            if (types[id] != NORMAL && TURN_ENDS.contains(tokens.get(id))) {
                ends.add(id);
            }
        }
        ObjectNode generation = JSON.createObjectNode();
        ArrayNode list = generation.putArray("eos_token_id");
        ends.forEach(list::add);
        return generation;
    }
}
