package org.thurstone.model.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a byte-level tokenizer splits a text before it merges bytes: expressions that are applied one after the other, each to the pieces that the one
 * before left; what an expression does not match is a piece of its own. GGUF files say by a name which it is, {@code tokenizer.ggml.pre}; the
 * names are llama.cpp's.
 *
 * @param splits expressions in the syntax of Oniguruma, in their order
 * @param wholeWords whether a piece that is in the vocabulary is one token, whatever the merges say
 * @param opened whether BOS opens a text where the file does not say
 */
record PreTokenizer(List<String> splits, boolean wholeWords, boolean opened) {

    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String TAIL = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String THREE_DIGITS = CONTRACTIONS + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}" + TAIL;
    private static final String ONE_DIGIT = CONTRACTIONS + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}" + TAIL;
    private static final String CASED = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
            + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";

    private static final Map<String, PreTokenizer> ALL = all();

    private static Map<String, PreTokenizer> all() {
        Map<String, PreTokenizer> all = new TreeMap<>();
        PreTokenizer words = plain(WORDS);
        PreTokenizer digits = plain("\\p{N}", WORDS);
        PreTokenizer oneDigit = plain(ONE_DIGIT);
        PreTokenizer threeDigits = plain(THREE_DIGITS);
        put(all, words, "gpt-2", "phi-2", "jina-es", "jina-de", "gigachat", "mpt", "olmo", "jais", "roberta-bpe");
        put(all, digits, "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b");
        put(all, oneDigit, "qwen2", "stablelm2", "deepseek-r1-qwen", "megrez");
        put(all, threeDigits, "dbrx", "smaug-bpe", "chatglm-bpe", "glm4", "seed-coder");
        put(all, new PreTokenizer(List.of(THREE_DIGITS), true, true), "llama3", "llama-v3", "llama-bpe", "falcon3", "pixtral");
        put(
                all,
                new PreTokenizer(
                        List.of(CASED + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"), true, true),
                "tekken");
        put(
                all,
                plain("[\\p{P}$+<=>^~|`]+", WORDS, "[0-9][0-9][0-9]"),
                "falcon");
        return Map.copyOf(all);
    }

    private static PreTokenizer plain(String... splits) {
        return new PreTokenizer(List.of(splits), false, false);
    }

    private static void put(Map<String, PreTokenizer> all, PreTokenizer one, String... names) {
        for (String name : names) {
            all.put(name, one);
        }
    }

    static Optional<PreTokenizer> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The known names, in alphabetical order. */
    static String names() {
        return String.join(", ", new TreeMap<>(ALL).keySet());
    }
}
