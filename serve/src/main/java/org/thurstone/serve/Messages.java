package org.thurstone.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The messages of a conversation, as chat templates read them. */
final class Messages {

    private Messages() {}

    /** @param field the name of the list */
    static List<Message> read(List<JsonNode> given, String field) {
        if (given.isEmpty()) {
            throw ApiException.bad(field, field + " is empty: a conversation needs at least one message");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            messages.add(message(Fields.of(given.get(i), field + "[" + i + "]")));
        }
        return messages;
    }

    private static Message message(Fields fields) {
        Role role = role(fields);
        Map<String, Object> details = new LinkedHashMap<>();
        fields.text("name").ifPresent(name -> details.put("name", name));
        if (role == Role.ASSISTANT) {
            List<JsonNode> calls = fields.list(Message.TOOL_CALLS);
            if (!calls.isEmpty()) {
                List<Object> read = new ArrayList<>();
                for (int i = 0; i < calls.size(); i++) {
                    read.add(call(Fields.of(calls.get(i), fields.at(Message.TOOL_CALLS) + "[" + i + "]")));
                }
                details.put(Message.TOOL_CALLS, read);
            }
            for (String reasoning : Message.REASONING) {
                fields.text(reasoning).ifPresent(thought -> details.put(reasoning, thought));
            }
            // What clients send back of an answer, and what says nothing.
            fields.only("refusal", "null", false);
            fields.only("annotations", "[]", fields.list("annotations").isEmpty());
        }
        if (role == Role.TOOL) {
            fields.text("tool_call_id").ifPresent(id -> details.put("tool_call_id", id));
        }
        boolean calls = details.containsKey(Message.TOOL_CALLS);
        Optional<String> content = content(fields);
        if (content.isEmpty() && !calls) {
            throw ApiException.bad(
                    fields.at("content"),
                    fields.at("content") + " is missing: only a message of the assistant with tool_calls has none");
        }
        fields.end();
        return new Message(role, content.orElse(""), true, details);
    }

    private static Role role(Fields fields) {
        String role = fields.text("role")
                .orElseThrow(() -> ApiException.bad(fields.at("role"), fields.at("role") + " is missing"));
        return switch (role) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default ->
                throw ApiException.bad(
                        fields.at("role"),
                        fields.at("role") + " is not one of system, developer, user, assistant and tool, but "
                                + Fields.shown(tools.jackson.databind.node.StringNode.valueOf(role)));
        };
    }

    /** A text, or parts of which all are texts. */
    private static Optional<String> content(Fields fields) {
        Optional<JsonNode> content = fields.find("content");
        if (content.isEmpty() || content.get().isString()) {
            return content.map(JsonNode::stringValue);
        }
        StringBuilder text = new StringBuilder();
        List<JsonNode> parts = fields.list("content");
        for (int i = 0; i < parts.size(); i++) {
            Fields part = Fields.of(parts.get(i), fields.at("content") + "[" + i + "]");
            String type = part.text("type").orElse("");
            if (!type.equals("text")) {
                throw ApiException.unsupported(
                        part.at("type"), "this model reads text, and " + part.at("type") + " is '" + type + "'");
            }
            text.append(part.text("text")
                    .orElseThrow(() -> ApiException.bad(part.at("text"), part.at("text") + " is missing")));
            part.end();
        }
        return Optional.of(text.toString());
    }

    /** A call as templates read it: its arguments are an object there, and a text in OpenAI's API. */
    private static Map<String, Object> call(Fields fields) {
        Map<String, Object> call = new LinkedHashMap<>();
        fields.text("id").ifPresent(id -> call.put("id", id));
        fields.only(
                "type",
                "function",
                fields.text("type").filter("function"::equals).isPresent());
        call.put("type", "function");
        Fields function = Fields.of(
                fields.find("function")
                        .orElseThrow(
                                () -> ApiException.bad(fields.at("function"), fields.at("function") + " is missing")),
                fields.at("function"));
        String name = function.text("name")
                .orElseThrow(() -> ApiException.bad(function.at("name"), function.at("name") + " is missing"));
        String arguments = function.text("arguments").orElse("{}");
        function.end();
        fields.ignore("index");
        fields.end();
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("name", name);
        inner.put("arguments", arguments(arguments, function.at("arguments")));
        call.put("function", inner);
        return call;
    }

    private static Object arguments(String json, String field) {
        try {
            JsonNode node = Fields.JSON.readTree(json.isBlank() ? "{}" : json);
            if (node.isObject()) {
                return value(node, field);
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw ApiException.bad(field, field + " is not a JSON object in a text");
    }

    /** A JSON value as templates read it. */
    static Object value(JsonNode node, String field) {
        Object value = convert(node, field);
        return value == null ? Map.of() : value;
    }

    private static @Nullable Object convert(JsonNode node, String field) {
        if (node.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            node.properties().forEach(entry -> map.put(entry.getKey(), convert(entry.getValue(), field)));
            return map;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(item -> list.add(convert(item, field)));
            return list;
        }
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong()) {
                throw ApiException.bad(field, field + " holds a number of more than 64 bits");
            }
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isString() ? node.stringValue() : null;
    }
}
