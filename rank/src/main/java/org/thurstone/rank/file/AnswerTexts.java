package org.thurstone.rank.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.thurstone.data.Count;
import org.thurstone.data.container.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an answer says, for measures of its style: a text, content in parts as the APIs of chat models have it ({@code {"type": "text", "text": …}}),
 * or the assistant's turns of a conversation, whose content is either. Parts that are not text, such as images, are counted. In a table, lists
 * and conversations may be written as JSON in a text, as in Kaggle's arena files; read as plain texts, their line ends would be lost.
 */
final class AnswerTexts {

    private final TreeSet<String> otherKinds = new TreeSet<>();
    private final Map<String, String> texts = new HashMap<>();
    private Optional<Cell> latest = Optional.empty();
    private long otherParts;
    private long written;

    /** The text of a column; empty where there is none. Throws an IllegalArgumentException if the column holds something else. */
    @SuppressWarnings("ReferenceEquality") // the same row, not an equal one
    String of(Cell row, String column) {
        // Several measures ask for the same text, whose parts are counted once.
        if (latest.isEmpty() || latest.get().row() != row.row()) {
            texts.clear();
            latest = Optional.of(row);
        }
        String known = texts.get(column);
        String text = known == null ? read(row, column) : known;
        texts.put(column, text);
        return text;
    }

    private String read(Cell row, String column) {
        Optional<JsonNode> node = row.node(column).map(this::unwrapped);
        if (node.isEmpty() || !node.get().isContainer()) {
            return row.text(column).orElse("");
        }
        boolean conversation = Cell.isConversation(node.get());
        StringBuilder text = new StringBuilder();
        for (JsonNode item : items(node.get())) {
            if (!conversation) {
                part(item, column, text);
            } else if (item.path("role").asString("").equals("assistant")) {
                for (JsonNode part : items(item.path("content"))) {
                    part(part, column, text);
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** What a text holds if it is JSON of content, parts or turns; else itself. */
    private JsonNode unwrapped(JsonNode node) {
        String text = node.isString() ? node.stringValue().strip() : "";
        boolean list = text.startsWith("[") && text.endsWith("]");
        if (!list && !(text.startsWith("{") && text.endsWith("}"))) {
            return node;
        }
        JsonNode inside;
        try {
            inside = Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            return node;
        }
        List<JsonNode> items = items(inside);
        boolean content = !items.isEmpty()
                && items.stream()
                        .allMatch(item -> (list && (item.isString() || item.isNull()))
                                || item.path("role").isString()
                                || item.path("text").isString());
        written += content ? 1 : 0;
        return content ? inside : node;
    }

    /** The items of a list; anything else alone; nothing for null. */
    private static List<JsonNode> items(JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (!node.isNull() && !node.isMissingNode()) {
            items.add(node);
        }
        return items;
    }

    private void part(JsonNode part, String column, StringBuilder text) {
        if (part.isString()) {
            text.append(text.isEmpty() ? "" : "\n").append(part.stringValue());
        } else if (part.path("text").isString()) {
            text.append(part.path("text").stringValue());
        } else if (part.isObject()) {
            otherParts++;
            otherKinds.add(part.path("type").asString("of no type"));
        } else if (!part.isNull()) {
            throw new IllegalArgumentException(
                    "\"" + column + "\" has content that is neither a text nor a list of parts"
                            + " such as {\"type\": \"text\", \"text\": …}");
        }
    }

    /** Remarks on parts that were not measured. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (otherParts > 0) {
            remarks.add(Count.of(otherParts, "part of an answer is", "parts of answers are") + " not text ("
                    + String.join(", ", otherKinds) + "); length and markdown measure the text only");
        }
        if (written > 0) {
            remarks.add(Count.of(written, "answer is", "answers are")
                    + " written as JSON in a text; length and markdown measure the content");
        }
        return remarks;
    }
}
