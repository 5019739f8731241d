package org.thurstone.model.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurstone.data.UserError;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.files.PreTokenizer;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.gguf.GgufWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tokenizer.json as the keys {@code tokenizer.ggml.…}: tokens by their ids, their types, and merges or scores. */
final class VocabularyKeys {

    private static final String KEY = "tokenizer.ggml.";
    private static final String FILE = "tokenizer.json";

    /** The kinds of tokens, by ggml's numbers. */
    private static final int NORMAL = 1;

    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;

    /** How rows without a token are called, by others and here. */
    private static final Pattern FILLER = Pattern.compile("\\[+PAD\\d+\\]+");

    private static final Pattern BYTES = Pattern.compile("<0x[0-9A-F]{2}>");

    private final String where;
    private final JsonNode json;
    private final JsonNode model;
    private final Tokenizer tokenizer;
    private final Optional<String> pre;
    private final GgufWriter writer;
    private final List<String> notes;
    private final String[] tokens;
    private final int[] types;

    /**
     * @param rows of the embedding
     * @param pre the name of the pre-tokenizer, if the user gave one
     */
    VocabularyKeys(
            ModelTexts texts,
            Tokenizer tokenizer,
            int rows,
            Optional<String> pre,
            GgufWriter writer,
            List<String> notes) {
        this.where = texts.where(FILE);
        this.json = JsonMapper.shared().readTree(texts.bytes(FILE).orElseThrow());
        this.model = json.path("model");
        this.tokenizer = tokenizer;
        this.pre = pre;
        this.writer = writer;
        this.notes = notes;
        if (tokenizer.vocabulary() > rows) {
            throw new UserError(where + " has " + tokenizer.vocabulary() + " tokens, and the embedding has only " + rows
                    + " rows: they do not belong together");
        }
        this.tokens = new String[rows];
        this.types = new int[rows];
    }

    private UserError unwritable(String what) {
        return new UserError(where + ": " + what + ", which cannot be written to a GGUF file: byte-level BPE and"
                + " SentencePiece's BPE can");
    }

    void write() {
        if (!model.path("type").asString("BPE").equals("BPE")
                || !model.path("vocab").isObject()) {
            throw unwritable("the tokenizer's model is " + model.path("type").asString("of no type"));
        }
        boolean sentencePiece = model.path("byte_fallback").asBoolean(false);
        if (!sentencePiece && !mentions(json.path("pre_tokenizer"), "ByteLevel")) {
            throw unwritable("the tokenizer's BPE neither goes by bytes nor falls back to them");
        }
        fill(sentencePiece);
        writer.text(KEY + "model", sentencePiece ? "llama" : "gpt2");
        writer.text(KEY + "pre", sentencePiece ? "default" : name());
        writer.texts(KEY + "tokens", Arrays.asList(tokens));
        writer.integers(KEY + "token_type", types);
        if (sentencePiece) {
            writer.numbers(KEY + "scores", scores());
            writer.flag(KEY + "add_space_prefix", prefixed());
        } else {
            requireNoOtherNormalizer();
            writer.texts(KEY + "merges", merges());
            writer.flag(KEY + "add_space_prefix", false);
        }
        id("bos_token_id", tokenizer.bos());
        id("padding_token_id", tokenizer.pad());
        id("unknown_token_id", tokenizer.id(model.path("unk_token").asString("")));
        writer.flag(KEY + "add_bos_token", opened());
        writer.flag(KEY + "add_eos_token", false);
    }

    private void id(String key, OptionalInt id) {
        id.ifPresent(at -> writer.count(KEY + key, at));
    }

    private boolean opened() {
        int[] opened = tokenizer.encode("a", true);
        int[] bare = tokenizer.encode("a", false);
        boolean bos = opened.length == bare.length + 1
                && tokenizer.bos().isPresent()
                && opened[0] == tokenizer.bos().getAsInt();
        if (!bos && opened.length != bare.length) {
            notes.add("the tokenizer opens texts with more than BOS; a GGUF file cannot say so");
        }
        return bos;
    }

    private String name() {
        if (pre.isEmpty()) {
            return PreTokenizerName.of(json, where);
        }
        if (!PreTokenizer.known().containsKey(pre.get())) {
            throw new UserError("\"" + pre.get() + "\" is no name of a pre-tokenizer; the names that are known are "
                    + PreTokenizer.names());
        }
        return pre.get();
    }

    private void fill(boolean sentencePiece) {
        Arrays.fill(types, UNUSED);
        for (Map.Entry<String, JsonNode> token : model.path("vocab").properties()) {
            int id = token.getValue().asInt();
            tokens[id] = token.getKey();
            boolean bytes = sentencePiece && BYTES.matcher(token.getKey()).matches();
            types[id] = bytes ? BYTE : FILLER.matcher(token.getKey()).matches() ? UNUSED : NORMAL;
        }
        for (JsonNode added : json.path("added_tokens")) {
            int id = added.path("id").asInt();
            tokens[id] = added.path("content").asString("");
            types[id] = added.path("special").asBoolean(false) ? CONTROL : USER_DEFINED;
        }
        for (OptionalInt id : List.of(tokenizer.bos(), tokenizer.eos())) {
            id.ifPresent(at -> types[at] = CONTROL);
        }
        tokenizer.endings().stream().forEach(id -> types[id] = CONTROL);
        if (sentencePiece) {
            tokenizer.id(model.path("unk_token").asString("")).ifPresent(id -> types[id] = UNKNOWN);
        }
        Set<String> taken = new HashSet<>(Arrays.asList(tokens));
        int fillers = 0;
        for (int id = 0; id < tokens.length; id++) {
            if (tokens[id] == null) {
                String filler = "[PAD" + id + "]";
                while (!taken.add(filler)) {
                    filler = "[" + filler + "]";
                }
                tokens[id] = filler;
                fillers++;
            }
        }
        if (fillers > 0) {
            notes.add(fillers + " rows of the embedding have no token; they are listed as unused ones");
        }
    }

    private List<String> merges() {
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : model.path("merges")) {
            String text = merge.isArray()
                    ? merge.path(0).asString("") + " " + merge.path(1).asString("")
                    : merge.asString("");
            if (text.indexOf(' ') != text.lastIndexOf(' ')) {
                throw unwritable("the merge \"" + text + "\" has a blank within");
            }
            merges.add(text);
        }
        return merges;
    }

    /** SentencePiece joins by the score of what comes out; a tokenizer.json has the order in which pairs are joined. */
    private float[] scores() {
        Map<String, Integer> order = new HashMap<>();
        for (JsonNode merge : model.path("merges")) {
            String joined = merge.isArray()
                    ? merge.path(0).asString("") + merge.path(1).asString("")
                    : merge.asString("").replace(" ", "");
            order.putIfAbsent(joined, order.size());
        }
        float[] scores = new float[tokens.length];
        for (int id = 0; id < scores.length; id++) {
            Integer at = order.get(tokens[id]);
            scores[id] = types[id] == NORMAL ? (at == null ? -order.size() - 1f : -at - 1f) : 0;
        }
        return scores;
    }

    private boolean prefixed() {
        JsonNode normalizer = json.path("normalizer");
        return mentions(normalizer, "Prepend")
                || (mentions(json.path("pre_tokenizer"), "Metaspace")
                        && !metaspace(json.path("pre_tokenizer")).equals("never"));
    }

    private static String metaspace(JsonNode part) {
        if (part.path("type").asString("").equals("Metaspace")) {
            return part.path("prepend_scheme")
                    .asString(part.path("add_prefix_space").asBoolean(true) ? "always" : "never");
        }
        for (JsonNode inner : part.path("pretokenizers")) {
            if (mentions(inner, "Metaspace")) {
                return metaspace(inner);
            }
        }
        return "never";
    }

    /** llama.cpp reads texts as they are. */
    private void requireNoOtherNormalizer() {
        JsonNode normalizer = json.path("normalizer");
        if (normalizer.isMissingNode() || normalizer.isNull()) {
            return;
        }
        String type = normalizer.path("type").asString("");
        boolean empty =
                type.equals("Sequence") && normalizer.path("normalizers").isEmpty();
        if (type.equals("NFC")) {
            notes.add("texts that are not in NFC get other ids in llama.cpp, which does not normalise them");
        } else if (!empty) {
            throw unwritable("the tokenizer changes texts first (" + (type.isEmpty() ? "normalizer" : type) + ")");
        }
    }

    private static boolean mentions(JsonNode part, String type) {
        if (part.path("type").asString("").equals(type)) {
            return true;
        }
        for (String list : List.of("pretokenizers", "normalizers")) {
            for (JsonNode inner : part.path(list)) {
                if (mentions(inner, type)) {
                    return true;
                }
            }
        }
        return false;
    }
}
