package org.thurstone.data.format;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Message;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The JSON of prompts, completions and preferences, the same in every file of ours. Texts are strings, conversations lists of
 * {@code {role, content, …}} ({@code {"chat": {"messages": […], "arguments": {"tools": […]}}}} where the template receives more), other {@link Content} an object with its kind as the only key, {@code {"item-list": {"items": [{"id": "a"}]}}}; a
 * completion that was cut off is {@code {"unfinished": CONTENT}}; a preference is {@code "left"}, {@code "right"},
 * {@code "tie"}, {@code "both-bad"}, {@code {"grade": 2, "scale": 3}} or {@code {"probability": 0.7}}. Reading what was written gives an
 * equal value; what cannot be read is a {@link BadRow} that says which part is wrong.
 */
public final class LosslessJson {

    private static final JsonNodeFactory NODES = Json.MAPPER.getNodeFactory();

    private LosslessJson() {}

    /** {@code {"id": …, "text": …}}, or {@code {"id": …, "content": …}} if it is not text. */
    public static ObjectNode of(Prompt prompt) {
        ObjectNode node = NODES.objectNode();
        node.put("id", prompt.id());
        node.set(prompt.content() instanceof Text ? "text" : "content", of(prompt.content()));
        return node;
    }

    /** A text as a string or a list of {role, content}; any other content as {@code {KIND: {…}}}. */
    public static JsonNode of(Content content) {
        return content instanceof Text text ? of(text) : Contents.of(content);
    }

    /** The text for people: the content's own summary, or its JSON if it has none. */
    public static String shown(Content content) {
        return content.summary().orElseGet(() -> of(content).toString());
    }

    /** A string, or a list of {role, content}. */
    public static JsonNode of(Text text) {
        return switch (text) {
            case Text.Raw(String raw) -> NODES.stringNode(raw);
            case Text.Chat(List<Message> turns, Map<String, Object> arguments) -> {
                ArrayNode array = NODES.arrayNode();
                turns.forEach(turn -> array.add(of(turn)));
                yield arguments.isEmpty() ? array : NODES.objectNode().set("chat", chat(array, arguments));
            }
        };
    }

    private static ObjectNode chat(ArrayNode turns, Map<String, Object> arguments) {
        ObjectNode chat = NODES.objectNode();
        chat.set("messages", turns);
        chat.set("arguments", Json.MAPPER.valueToTree(arguments));
        return chat;
    }

    private static ObjectNode of(Message turn) {
        ObjectNode message = NODES.objectNode();
        message.put("role", turn.role().name().toLowerCase(Locale.ROOT));
        message.put("content", turn.content());
        if (!turn.trained()) {
            message.put("weight", 0);
        }
        turn.details().forEach((key, value) -> message.set(key, Json.MAPPER.valueToTree(value)));
        return message;
    }

    public static JsonNode of(Completion completion) {
        JsonNode content = of(completion.content());
        return completion.finished() ? content : NODES.objectNode().set("unfinished", content);
    }

    public static JsonNode of(Preference preference) {
        return switch (preference) {
            case Preference.Left l -> NODES.stringNode("left");
            case Preference.Right r -> NODES.stringNode("right");
            case Preference.Tie t -> NODES.stringNode("tie");
            case Preference.BothBad b -> NODES.stringNode("both-bad");
            case Preference.Graded(int grade, int scale) ->
                NODES.objectNode().put("grade", grade).put("scale", scale);
            case Preference.Soft(double probability) -> NODES.objectNode().put("probability", probability);
        };
    }

    /** Annotator, source and weight, each where it is known. */
    public static void put(ObjectNode row, Provenance provenance) {
        if (!provenance.annotator().isEmpty()) {
            row.put("annotator", provenance.annotator());
        }
        if (!provenance.source().isEmpty()) {
            row.put("source", provenance.source());
        }
        if (provenance.weight() != 1) {
            row.put("weight", provenance.weight());
        }
    }

    public static Prompt prompt(JsonNode node) {
        String key = node.has("content") ? "content" : "text";
        return new Prompt(
                Fields.text(field(node, "id"), "the prompt's 'id'"),
                content(field(node, key), "the prompt's '" + key + "'"));
    }

    /**
     * A text, a list of turns, or {@code {KIND: {…}}}.
     *
     * @param name of the field, for messages
     */
    public static Content content(JsonNode node, String name) {
        if (!(node instanceof ObjectNode object)) {
            return Texts.parse(node, name);
        }
        return object.get("chat") instanceof ObjectNode chat ? chat(chat, name) : Contents.parse(object, name);
    }

    /** What {@link #of(Text)} wrote of a conversation with arguments. */
    private static Text chat(ObjectNode chat, String name) {
        return Texts.plain(chat.path("arguments")) instanceof Map<?, ?> arguments
                ? Text.chat(
                        Texts.messages(chat.path("messages"), name),
                        arguments.entrySet().stream()
                                .collect(
                                        LinkedHashMap::new,
                                        (map, entry) -> map.put(String.valueOf(entry.getKey()), entry.getValue()),
                                        Map::putAll))
                : Text.chat(Texts.messages(chat.path("messages"), name));
    }

    /**
     * A completion, which may be empty.
     *
     * @param name of the field, for messages
     */
    public static Completion completion(JsonNode node, String name) {
        return node.isObject() && node.has("unfinished")
                ? new Completion(content(field(node, "unfinished"), name), false)
                : new Completion(content(node, name));
    }

    public static Preference preference(JsonNode node) {
        if (node.isObject()) {
            return node.has("grade")
                    ? new Preference.Graded(whole(field(node, "grade")), whole(field(node, "scale")))
                    : new Preference.Soft(Fields.number(field(node, "probability"), "'probability'"));
        }
        return switch (Fields.text(node, "'preference'")) {
            case "left" -> new Preference.Left();
            case "right" -> new Preference.Right();
            case "tie" -> new Preference.Tie();
            case "both-bad" -> new Preference.BothBad();
            default ->
                throw new BadRow("'preference' is " + node + ", not \"left\", \"right\", \"tie\" or \"both-bad\"");
        };
    }

    /** What {@link #put} wrote; what is missing has its default. */
    public static Provenance provenance(JsonNode row) {
        return new Provenance(
                row.has("annotator") ? Fields.text(field(row, "annotator"), "'annotator'") : "",
                row.has("source") ? Fields.text(field(row, "source"), "'source'") : "",
                row.has("weight") ? Fields.number(field(row, "weight"), "'weight'") : 1);
    }

    /** A Jackson module for records with prompts, completions and preferences. */
    public static JacksonModule module() {
        SimpleModule module = new SimpleModule("thurstone");
        add(module, Prompt.class, LosslessJson::of, LosslessJson::prompt);
        add(module, Text.class, LosslessJson::of, node -> Text.of(content(node, "a text"), "text is needed here"));
        add(module, Content.class, LosslessJson::of, node -> content(node, "a content"));
        add(module, Completion.class, LosslessJson::of, node -> completion(node, "a completion"));
        add(module, Preference.class, LosslessJson::of, LosslessJson::preference);
        return module;
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Function<T, JsonNode> write, Function<JsonNode, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator to, SerializationContext context) {
                context.writeTree(to, write.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser from, DeserializationContext context) {
                return read.apply(context.readTree(from));
            }
        });
    }

    private static JsonNode field(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null || value.isNull()) {
            throw new BadRow("'" + key + "' is missing");
        }
        return value;
    }

    private static int whole(JsonNode node) {
        double number = Fields.number(node, "a grade");
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new BadRow(number + " is not a whole number");
        }
        return (int) number;
    }
}
