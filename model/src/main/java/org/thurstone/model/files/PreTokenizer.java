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
 * @param splits expressions in the syntax of Oniguruma, in their order, as llama.cpp applies them
 * @param original those of the models' own tokenizer.json, which are the same with few exceptions
 * @param wholeWords whether a piece that is in the vocabulary is one token, whatever the merges say
 * @param opened whether BOS opens a text where the file does not say
 * @param form what tokens are made of
 */
public record PreTokenizer(List<String> splits, List<String> original, boolean wholeWords, boolean opened, Form form) {

    /** What characters a tokenizer's tokens are made of. */
    public enum Form {
        /** Bytes as characters, as in GPT-2. */
        BYTES,
        /** Characters, with ▁ for a blank, and bytes for those that are not in the vocabulary. */
        SPACED,
        /** Characters as they are. */
        PLAIN
    }

    PreTokenizer(List<String> splits, boolean wholeWords, boolean opened) {
        this(splits, splits, wholeWords, opened, Form.BYTES);
    }

    /** The same where the models' own files have another expression, from which llama.cpp departs. */
    private PreTokenizer writtenAs(String... others) {
        return new PreTokenizer(splits, List.of(others), wholeWords, opened, form);
    }

    private PreTokenizer closed() {
        return new PreTokenizer(splits, original, false, false, form);
    }

    private static PreTokenizer unencoded(Form form) {
        List<String> lines = List.of("[^\\n]+|[\\n]+");
        return new PreTokenizer(lines, lines, false, false, form);
    }

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
    /** llama.cpp takes small and capital letters apart in ASCII alone; the original expressions do so in all of Unicode. */
    private static final String CASED_IN_ASCII = cased("\\p{L}", "");

    private static final String CONTRACTED_IN_ASCII = cased("\\p{L}", CONTRACTIONS + "?");
    private static final String MARKED_IN_ASCII = cased("[\\p{L}\\p{M}]", CONTRACTIONS + "?");
    private static final String SENTENCE_PARTS = " ?[^(\\s|.,!?…。，、।۔،)]+";
    private static final String CHINESE_AND_JAPANESE = "[一-龥\u3040-ゟ゠-ヿ]+";
    private static final String PUNCTUATED = "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
            + "|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*" + BLANKS;

    private static final String CASED_LETTERS =
            "[A-Za-zµÀ-ÖØ-öø-ƺƼ-ƿǄ-ʓʕ-ʯͰ-ͳͶͷͻ-ͽͿΆΈ-ΊΌΎ-ΡΣ-ϵϷ-ҁҊ-ԯԱ-ՖႠ-ჅᎠ-Ᏽᏸ-ᏽᲐ-ᲺᲽ-Ჿᴀ-ᴫᵫ-ᵷᵹ-ᶚḀ-ἕἘ-Ἕἠ-ὅὈ-"
                    + "Ὅὐ-ὗὙὛὝὟ-ώᾀ-ᾴᾶ-ᾼιῂ-ῄῆ-ῌῐ-ΐῖ-Ίῠ-Ῥῲ-ῴῶ-ῼℂℇℊ-ℓℕℙ-ℝℤΩℨK-ℭℯ-ℴℹℼ-ℿⅅ-ⅉⅎↃↄⰀ-ⱻⱾ-ⳤⳫ-ⳮⳲⳳꙀ-ꙭꚀ-ꚛꜢ-ꝯꝱ-ꞇꞋ"
                    + "-ꞎꭰ-ꮿﬀ-ﬆﬓ-ﬗＡ-Ｚａ-ｚ𐐀-𐑏𐒰-𐓓𐓘-𐓻𐲀-𐲲𐳀-𐳲𑢠-𑣟𞤀-𞥃]";
    private static final String ASIAN_SCRIPTS =
            "[一-鿿㐀-䶿豈-\uFAFF\u3040-ゟ゠-ヿ･-ﾟ⼀-\u2FDFเ-\u0E7F\u0E80-\u0EFFក-\u17FFက-႟ꩠ-ꩿꧠ-\uA9FF가-\uD7AFᄀ-" + "ᇿ]+";
    private static final String YOUTU = "[가-힣ㄱ-ㆎ]+|[！…“”‘’—：；，、-〿︰-﹏]+|[ㄅ-ㄯ]+|[一-龥\u3040-ゟ゠-ヿ]+";
    private static final String DEEPSEEK_MARKS = "[!-/:-~！-／：-～‘-‟\u3000-。]";
    private static final String KIMI = "\\p{Han}+|"
            + "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+" + CONTRACTIONS + "?|"
            + "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+"
            + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*" + CONTRACTIONS + "?|\\p{N}{1,3}" + TAIL;

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
        put(all, plain(THREE_DIGITS), "dbrx", "smaug-bpe", "glm4", "glm5", "chatglm-bpe");
        put(all, opened(THREE_DIGITS), "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral");
        put(all, opened(THREE_DIGITS), "midm-2.0", "lfm2", "jina-v5-nano");
        put(
                all,
                new PreTokenizer(List.of("\\p{N}{1,3}", CONTRACTIONS + "|" + LETTERS + "|\\p{N}+" + TAIL), true, false),
                "minicpm5");
        put(
                all,
                opened(CASED_IN_ASCII + "|\\p{N}" + TAIL_WITH_SLASH).writtenAs(CASED + "|\\p{N}" + TAIL_WITH_SLASH),
                "tekken");
        PreTokenizer words = plain(CONTRACTED_IN_ASCII + "|\\p{N}{1,3}" + TAIL_WITH_SLASH)
                .writtenAs(CASED_CONTRACTED + "|\\p{N}{1,3}" + TAIL_WITH_SLASH);
        put(all, words, "gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2");
        put(
                all,
                new PreTokenizer(
                        List.of(MARKED_IN_ASCII + "|\\p{N}{1,3}" + TAIL_WITH_SLASH),
                        List.of(CASED_CONTRACTED + "|\\p{N}{1,3}" + TAIL_WITH_SLASH),
                        true,
                        false,
                        Form.BYTES),
                "granite-embed-multi-97m");
        put(
                all,
                plain("\\d{1,3}(?=(?:\\d{3})*\\b)", CASED_CONTRACTED + "|\\p{N}{1,3}" + TAIL_WITH_SLASH),
                "tiny_aya",
                "cohere2moe");
        put(
                all,
                new PreTokenizer(List.of(YOUTU, CASED_CONTRACTED + "|\\p{N}" + TAIL_WITH_SLASH), true, false),
                "youtu");
        put(
                all,
                plain("\\p{Han}+|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}&&[^\\p{Han}]]+" + CONTRACTIONS + "?|\\p{N}{1,3}" + TAIL)
                        .writtenAs(KIMI),
                "kimi-k2");
        put(all, plain("\\p{N}{1,3}(?=(?:\\p{N}{3})*(?!\\p{N}))", ASIAN_SCRIPTS, PUNCTUATED), "afmoe");
        put(all, plain("\\p{N}+", "[0-9]{1,3}(?=(?:[0-9]{3})*(?![0-9]))"), "superbpe");
        put(
                all,
                plain(
                        "<sentinel:[0-9]+>",
                        "(?:IMGIMG)[A-I]{1,4}Z",
                        "[\\t\\n]|    |  ",
                        "\\p{N}",
                        "[\\p{P}!-/:-@\\[-`{-~]",
                        WORDS),
                "chameleon");
        put(
                all,
                plain(
                        "[\\r\\n]",
                        "\\s?" + CASED_LETTERS + "+",
                        "\\s?" + DEEPSEEK_MARKS + "+",
                        "\\s+$",
                        "[一-龥ࠀ-一가-\uD7FF]+",
                        "\\p{N}+"),
                "deepseek-llm");
        put(
                all,
                opened(CONTRACTIONS + "|" + LETTERS + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+"
                                + "|\\s{512}(?!\\S)|\\s{256}(?!\\S)|\\s{128}(?!\\S)|\\s{64}(?!\\S)|\\s{32}(?!\\S)"
                                + "|\\s{16}(?!\\S)|\\s{8}(?!\\S)|\\s{4}(?!\\S)|\\s{1,2}(?!\\S)|\\s")
                        .closed(),
                "jais-2");
        put(
                all,
                plain(
                        "\\p{N}{1,3}",
                        CHINESE_AND_JAPANESE,
                        PUNCTUATED.replace("+[\\r\\n]*|\\s*[\\r\\n]+|", "+|[\\r\\n]|"),
                        "\\p{N}"),
                "spark2_5");
        put(all, plain(LETTERS + "|\\p{N}" + TAIL), "ufakzeka");
        put(all, unencoded(Form.SPACED), "gemma4", "granite-embed-multi-311m", "sarvam-moe");
        put(all, new PreTokenizer(List.of("\\S+"), List.of("\\S+"), false, false, Form.PLAIN), "whitespace");
        put(all, plain("\\p{N}{1,3}", CHINESE_AND_JAPANESE, PUNCTUATED), "deepseek-v3", "hunyuan-dense", "joyai-llm");
        put(all, plain("\\p{N}{1,3}", CHINESE_AND_JAPANESE, PUNCTUATED), "hy_v4");
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

    private static String cased(String letter, String end) {
        String open = "[^\\r\\n\\p{L}\\p{N}]?";
        String upper = "(?:(?=" + letter + ")[^a-z])";
        String lower = "(?:(?=" + letter + ")[^A-Z])";
        return open + upper + "*" + lower + "+" + end + "|" + open + upper + "+" + lower + "*" + end;
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
        return json(splits);
    }

    /** The splitting of the models' own files. */
    public ObjectNode originalJson() {
        return json(original);
    }

    private ObjectNode json(List<String> expressions) {
        ObjectNode sequence = JsonMapper.shared().createObjectNode().put("type", "Sequence");
        ArrayNode parts = sequence.putArray("pretokenizers");
        for (String split : expressions) {
            parts.addObject()
                    .put("type", "Split")
                    .put("behavior", "Isolated")
                    .put("invert", false)
                    .putObject("pattern")
                    .put("Regex", split);
        }
        if (form == Form.BYTES) {
            byteLevel(parts.addObject());
        }
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
