package org.thurstone.data.container;

import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON reader: long texts (up to 64 Mi characters) are allowed, Python's NaN is a number, and duplicate keys are errors. */
public final class Json {

    /** Beyond this it is not data but an accident, and would fill the memory. */
    private static final int LONGEST_TEXT = 1 << 26;

    private static final int LONGEST_SHOWN = 100;

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);

    private static final ObjectWriter PLAIN = MAPPER.writer();
    private static final ObjectWriter ASCII = PLAIN.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Json() {}

    /** A row as a line of a file, its end included, that comes back as it is. */
    public static String line(ObjectNode row) {
        String json = PLAIN.writeValueAsString(row);
        return (loneSurrogate(json) ? ASCII.writeValueAsString(row) : json) + "\n";
    }

    /** Whether a text holds half a character (a lone surrogate), which has no bytes in UTF-8 and must be escaped to come back as it is. */
    public static boolean loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }

    /** The parser's message on one line, without its position. */
    public static String reason(JacksonException e) {
        String said = e.getOriginalMessage();
        String words = said == null ? e.getClass().getSimpleName() : said;
        if (words.startsWith("Duplicate property")) {
            return words.replaceFirst(" for `.*", "") + " in one row";
        }
        if (words.startsWith("Document nesting depth")) {
            return "it is nested more than "
                    + MAPPER.tokenStreamFactory().streamReadConstraints().getMaxNestingDepth() + " levels deep";
        }
        if (words.startsWith("String value length")) {
            return String.format(Locale.ROOT, "a text is longer than %,d characters", LONGEST_TEXT);
        }
        if (words.startsWith("Trailing token")) {
            return "there is text after the closing bracket of the row";
        }
        int end = words.indexOf('\n');
        return (end < 0 ? words : words.substring(0, end))
                .replaceAll(", from `StreamReadConstraints[^)]*\\)`", "")
                .replaceAll(" \\(start marker at .*| \\(not recognized as one since .*| \\(JSON String, Number.*", "")
                .replace("in VALUE_STRING", "within a text")
                .replaceAll(" \\(bound as `[^`]*`\\)|`(?:\\w+\\.)*(?=\\w+`)|`", "");
    }

    /** A value as it stands in a message; of one that is too long, the beginning. */
    public static String shown(JsonNode node) {
        String json = node.toString();
        return json.length() > LONGEST_SHOWN ? json.substring(0, LONGEST_SHOWN) + "…" : json;
    }

    /** "column N", where the parser knows it. */
    static String column(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getColumnNr() < 1
                ? ""
                : " at column " + e.getLocation().getColumnNr();
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
