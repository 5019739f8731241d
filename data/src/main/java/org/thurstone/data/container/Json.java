package org.thurstone.data.container;

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

/** How JSON is read here: long texts are fine, Python's NaN is a number, and a key that is there twice is an error. */
public final class Json {

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
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

    /** What is wrong, in one line, without the parser's own view of where. */
    static String reason(JacksonException e) {
        String said = e.getOriginalMessage();
        String words = said == null ? e.getClass().getSimpleName() : said;
        if (words.startsWith("Duplicate property")) {
            return words.replaceFirst(" for `.*", "") + " in one row";
        }
        if (words.startsWith("Trailing token")) {
            return "something follows the closing bracket of the row";
        }
        int end = words.indexOf('\n');
        return (end < 0 ? words : words.substring(0, end))
                .replaceAll(" \\(start marker at .*| \\(not recognized as one since .*| \\(JSON String, Number.*", "")
                .replace("in VALUE_STRING", "within a text")
                .replaceAll(" \\(bound as `[^`]*`\\)|`(?:\\w+\\.)*(?=\\w+`)|`", "");
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
