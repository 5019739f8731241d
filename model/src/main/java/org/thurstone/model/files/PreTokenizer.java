package org.thurstone.model.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a byte-level tokenizer splits a text before it merges bytes: expressions that are applied one after the other, each to the pieces that the one
 * before left; what an expression does not match is a piece of its own. GGUF files say by a name which it is, {@code tokenizer.ggml.pre}; the
 * names are llama.cpp's.
 *
 * @param splits expressions in the syntax of Oniguruma, in their order
 * @param wholeWords whether a piece that is in the vocabulary is one token, whatever the merges say
 * @param opened whether BOS opens a text where the file does not say
 */
public record PreTokenizer(List<String> splits, boolean wholeWords, boolean opened) {

    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String WORDS =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String LETTERS = "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String BLANKS = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String TAIL = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*" + BLANKS;
    private static final String TAIL_WITH_SLASH = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + BLANKS;
    private static final String ONE_DIGIT = CONTRACTIONS + "|" + LETTERS + "|\\p{N}" + TAIL;
    private static final String THREE_DIGITS = CONTRACTIONS + "|" + LETTERS + "|\\p{N}{1,3}" + TAIL;
    private static final String UPPER = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String CASED = UPPER + "*" + LOWER + "+|" + UPPER + "+" + LOWER + "*";
    private static final String CASED_CONTRACTED =
            UPPER + "*" + LOWER + "+" + CONTRACTIONS + "?|" + UPPER + "+" + LOWER + "*" + CONTRACTIONS + "?";
    private static final String SENTENCE_PARTS = " ?[^(\\s|.,!?…。，、।۔،)]+";
    private static final String CHINESE_AND_JAPANESE = "[一-龥\u3040-ゟ゠-ヿ]+";
    private static final String PUNCTUATED = "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
            + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*" + BLANKS;

    private static final Map<String, PreTokenizer> ALL = all();

    private static Map<String, PreTokenizer> all() {
        Map<String, PreTokenizer> all = new TreeMap<>();
        put(all, plain(WORDS), "gpt-2", "phi-2", "jina-es", "jina-de", "jina-v2-es", "jina-v2-de", "gigachat");
        put(all, plain(WORDS), "a.x-4.0", "mellum", "modern-bert", "jina-v1-en", "jina-v2-code", "roberta-bpe");
        put(all, plain(WORDS), "exaone4", "mpt", "olmo", "jais", "trillion", "granite-docling");
        put(all, plain("\\p{N}", WORDS), "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone");
        put(all, plain("\\p{N}", WORDS), "minerva-7b", "mellum2");
        put(all, plain(ONE_DIGIT), "qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2");
        put(all, plain(ONE_DIGIT), "hunyuan", "solar-open", "grok-2");
        put(all, plain("[^\\n]+|[\\n]+", ONE_DIGIT), "laguna");
        put(
                all,
                plain(CONTRACTIONS
                        + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
                        + BLANKS),
                "qwen35");
        put(all, plain(THREE_DIGITS), "dbrx", "smaug-bpe", "glm4", "chatglm-bpe");
        put(all, opened(THREE_DIGITS), "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral");
        put(all, opened(THREE_DIGITS), "midm-2.0", "lfm2", "jina-v5-nano");
        put(
                all,
                new PreTokenizer(List.of("\\p{N}{1,3}", CONTRACTIONS + "|" + LETTERS + "|\\p{N}+" + TAIL), true, false),
                "minicpm5");
        put(all, opened(CASED + "|\\p{N}" + TAIL_WITH_SLASH), "tekken");
        put(all, plain(CASED_CONTRACTED + "|\\p{N}{1,3}" + TAIL_WITH_SLASH), "gpt-4o", "llama4", "kanana2", "talkie");
        put(all, plain(CASED_CONTRACTED + "|\\p{N}{1,3}" + TAIL_WITH_SLASH), "minimax-m2");
        put(all, plain("\\p{N}{1,3}", CHINESE_AND_JAPANESE, PUNCTUATED), "deepseek-v3", "hunyuan-dense", "joyai-llm");
        put(all, plain("[\\r\\n]", "\\s?\\p{L}+", "\\s?\\p{P}+", "[一-龥ࠀ-一가-\uD7FF]+", "\\p{N}"), "deepseek-coder");
        put(all, plain("[\\p{P}$+<=>^~|`]+", WORDS, "[0-9][0-9][0-9]"), "falcon");
        put(all, plain(SENTENCE_PARTS), "poro-chat", "bloom", "gpt3-finnish");
        put(all, plain(SENTENCE_PARTS, "\\p{N}"), "viking");
        put(
                all,
                plain("'(?i:[sdmt]|ll|ve|re)|" + LETTERS
                        + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
                "bailingmoe",
                "bailingmoe2",
                "llada-moe");
        put(all, plain(CONTRACTIONS + "|" + LETTERS + "|\\p{N}| ?[^\\s\\p{L}\\p{N}\\r\\n]+" + BLANKS), "seed-coder");
        put(
                all,
                plain(CONTRACTIONS + "|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+"
                        + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+"),
                "exaone-moe");
        return Map.copyOf(all);
    }

    private static PreTokenizer plain(String... splits) {
        return new PreTokenizer(List.of(splits), false, false);
    }

    private static PreTokenizer opened(String split) {
        return new PreTokenizer(List.of(split), true, true);
    }

    private static void put(Map<String, PreTokenizer> all, PreTokenizer one, String... names) {
        for (String name : names) {
            all.put(name, one);
        }
    }

    /** The splitting as tokenizer.json has it. */
    public ObjectNode json() {
        ObjectNode sequence = JsonMapper.shared().createObjectNode().put("type", "Sequence");
        ArrayNode parts = sequence.putArray("pretokenizers");
        for (String split : splits) {
            parts.addObject()
                    .put("type", "Split")
                    .put("behavior", "Isolated")
                    .put("invert", false)
                    .putObject("pattern")
                    .put("Regex", split);
        }
        byteLevel(parts.addObject());
        return sequence;
    }

    /** Bytes as characters, without further splitting. */
    static void byteLevel(ObjectNode part) {
        part.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
    }

    /** All of them by their names, in alphabetical order. */
    public static SequencedMap<String, PreTokenizer> known() {
        return new TreeMap<>(ALL);
    }

    static Optional<PreTokenizer> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The known names, in alphabetical order. */
    public static String names() {
        return String.join(", ", new TreeMap<>(ALL).keySet());
    }
}
