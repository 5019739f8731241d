package org.thurstone.model.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The bytes that tokens stand for, by the decoder of {@code tokenizer.json}: byte-level vocabularies, whose letters are bytes, and SentencePiece
 * vocabularies, with {@code ▁} for a space and {@code <0x0A>} for a byte.
 *
 * @param byteLevel whether each letter of a token is a byte, as in GPT-2
 * @param fallback whether tokens such as {@code <0x0A>} are bytes
 * @param replaced texts that stand for others, such as {@code ▁} for a space
 */
record TokenBytes(boolean byteLevel, boolean fallback, Map<String, String> replaced) {

    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

    private static final Map<Integer, Integer> LETTERS = letters();

    /** Empty for decoders of other kinds, such as those that put spaces between words. */
    static Optional<TokenBytes> of(JsonNode decoder) {
        boolean byteLevel = false;
        boolean fallback = false;
        Map<String, String> replaced = new HashMap<>();
        for (JsonNode step : steps(decoder)) {
            switch (step.path("type").asString("")) {
                case "ByteLevel" -> byteLevel = true;
                case "ByteFallback" -> fallback = true;
                case "Metaspace" -> replaced.put(step.path("replacement").asString("▁"), " ");
                case "Replace" ->
                    replaced.put(
                            step.path("pattern").path("String").asString("▁"),
                            step.path("content").asString(" "));
                // What they take away is at the beginning of a whole text.
                case "Fuse", "Strip" -> {}
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new TokenBytes(byteLevel, fallback, replaced));
    }

    private static List<JsonNode> steps(JsonNode decoder) {
        if (!decoder.path("type").asString("").equals("Sequence")) {
            return decoder.isObject() ? List.of(decoder) : List.of();
        }
        List<JsonNode> steps = new ArrayList<>();
        decoder.path("decoders").forEach(step -> steps.addAll(steps(step)));
        return steps;
    }

    /** The bytes of a token of the vocabulary. */
    byte[] of(String token) {
        if (fallback) {
            Matcher match = BYTE.matcher(token);
            if (match.matches()) {
                return new byte[] {(byte) Integer.parseInt(match.group(1), 16)};
            }
        }
        if (byteLevel) {
            Optional<byte[]> bytes = letters(token);
            if (bytes.isPresent()) {
                return bytes.get();
            }
        }
        String text = token;
        for (Map.Entry<String, String> each : replaced.entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empty where some letter is not in the alphabet: an added token, which is written as it is. */
    private static Optional<byte[]> letters(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int letter : token.codePoints().toArray()) {
            Integer value = LETTERS.get(letter);
            if (value == null) {
                return Optional.empty();
            }
            bytes.write(value);
        }
        return Optional.of(bytes.toByteArray());
    }

    /** Printable bytes are their own letters in GPT-2's alphabet; the others follow from U+0100 on. */
    private static Map<Integer, Integer> letters() {
        Map<Integer, Integer> letters = new HashMap<>();
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 161 && value <= 172) || value >= 174;
            letters.put(printable ? value : next++, value);
        }
        return letters;
    }
}
