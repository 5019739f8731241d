package org.thurstone.data.container;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

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

    private Json() {}

    /** What is wrong, in one line, without the parser's own view of where. */
    static String reason(JacksonException e) {
        String said = e.getOriginalMessage();
        String words = said == null ? e.getClass().getSimpleName() : said;
        if (words.startsWith("Duplicate property")) {
            return words.replaceFirst(" for `.*", "") + " in one row";
        }
        int end = words.indexOf('\n');
        return end < 0 ? words : words.substring(0, end);
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
