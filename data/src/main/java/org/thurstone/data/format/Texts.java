package org.thurstone.data.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads texts and conversations from rows. */
final class Texts {

    private static final List<String> TRAINED = List.of("weight", "train", "training", "loss");

    /**
     * Roles whose content is the tools that the assistant calls: LLaMA-Factory's ShareGPT and ms-swift. What tools answer is
     * {@code observation} or {@code tool_response} there.
     */
    private static final Set<String> CALLS = Set.of("function_call", "tool_call");

    /** The keys of a turn that have a component of their own. */
    private static final Set<String> SPEECH =
            Set.of("role", "from", "content", "value", "weight", "train", "training", "loss");

    private Texts() {}

    /** A text, a list of turns, or one turn. */
    static Text parse(JsonNode node, String name) {
        if (isTurn(node)) {
            return Text.chat(messages(Json.MAPPER.createArrayNode().add(node), name));
        }
        refuseTexts(node, name);
        return node.isArray() ? Text.chat(messages(node, name)) : Text.raw(Fields.text(node, name));
    }

    static void refuseTexts(JsonNode node, String name) {
        if (node.isArray() && !node.isEmpty() && !node.get(0).isObject()) {
            throw new BadRow(name + " is a list of " + (node.get(0).isString() ? "texts" : "values")
                    + ", not one text or a list of turns {role, content}");
        }
    }

    /** Whether a value looks like turns, one or a list of them. */
    static boolean isTurns(JsonNode node) {
        return isTurn(node) || (node.isArray() && !node.isEmpty() && isTurn(node.get(0)));
    }

    private static boolean isTurn(JsonNode node) {
        return node.isObject() && (node.has("role") || node.has("from"));
    }

    static List<Message> messages(JsonNode node, String name) {
        if (!node.isArray() || node.isEmpty()) {
            throw new BadRow(name + " is not a list of turns {role, content}");
        }
        List<Message> messages = new ArrayList<>(node.size());
        int place = 0;
        boolean called = false;
        for (JsonNode turn : node) {
            place++;
            Message message = message(turn, name + " turn " + place);
            boolean calls = isCalls(turn);
            // Calls in turns of their own, one after the other, are made at once: they are one turn of the assistant.
            if (calls && called && messages.getLast().trained() == message.trained()) {
                messages.set(messages.size() - 1, messages.getLast().withCalls(message.toolCalls()));
            } else {
                messages.add(message);
            }
            called = calls;
        }
        return messages;
    }

    private static boolean isCalls(JsonNode turn) {
        return role(turn)
                .filter(role -> role.isString() && CALLS.contains(word(role.stringValue())))
                .isPresent();
    }

    /** ShareGPT says from and value. */
    private static Optional<JsonNode> role(JsonNode turn) {
        return Optional.ofNullable(turn.get("role")).or(() -> Optional.ofNullable(turn.get("from")));
    }

    private static String word(String role) {
        return role.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * A turn. Content may be missing or null where it calls tools or has reasoning. All keys but role, content and weight are its details:
     * chat templates read some of them, and whether one does is known only where the model is.
     */
    private static Message message(JsonNode turn, String name) {
        if (!turn.isObject()) {
            throw new BadRow(name + " is not an object {role, content}");
        }
        JsonNode role = role(turn).orElseThrow(() -> new BadRow(name + " has no role"));
        JsonNode content = turn.has("content") ? turn.get("content") : turn.get("value");
        if (isCalls(turn)) {
            Message without = new Message(Role.ASSISTANT, "", trained(turn, name), details(turn));
            return without.withCalls(calls(content, name + " of the role '" + role.stringValue() + "'"));
        }
        Message message = new Message(role(role, name), content(content, name), trained(turn, name), details(turn));
        if ((content == null || content.isNull()) && message.isEmpty()) {
            throw new BadRow(name + " has no content");
        }
        return message;
    }

    /** One call or several: {@code {name, arguments}}, as an object, a list of them, or the JSON of either as text. */
    private static List<Object> calls(@Nullable JsonNode content, String name) {
        JsonNode given = content == null ? Json.MAPPER.createArrayNode() : unquoted(content, name);
        List<JsonNode> calls = given.isArray() ? given.valueStream().toList() : List.of(given);
        if (calls.isEmpty()
                || !calls.stream().allMatch(call -> call.path("name").isString())) {
            throw new BadRow(name + " is no tool call {name, arguments}, or a list of them");
        }
        return calls.stream()
                .map(call -> (Object) Map.of("type", "function", "function", plain(call)))
                .toList();
    }

    private static String content(@Nullable JsonNode content, String name) {
        if (content == null || content.isNull()) {
            return "";
        }
        return content.isArray() ? parts(content, name) : Fields.text(content, name + " content");
    }

    /** OpenAI's {@code weight} of 0 or 1, Axolotl's {@code train} or {@code training}, ms-swift's {@code loss}. */
    private static boolean trained(JsonNode turn, String name) {
        boolean trained = true;
        for (String key : TRAINED) {
            if (turn.hasNonNull(key)) {
                trained &= Fields.truth(turn.get(key))
                        .orElseThrow(() -> new BadRow(
                                name + " has the " + key + " " + turn.get(key) + ", not 0 or 1, true or false"));
            }
        }
        return trained;
    }

    private static Map<String, Object> details(JsonNode turn) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : turn.properties()) {
            if (!SPEECH.contains(field.getKey()) && !field.getValue().isNull()) {
                details.put(field.getKey(), plain(field.getValue()));
            }
        }
        // OpenAI's form of before November 2023; templates know only its successor.
        if (details.get("function_call") instanceof Map<?, ?> call && !details.containsKey(Message.TOOL_CALLS)) {
            details.remove("function_call");
            details.put(Message.TOOL_CALLS, List.of(Map.of("type", "function", "function", call)));
        }
        if (details.get(Message.TOOL_CALLS) instanceof List<?> calls && calls.isEmpty()) {
            details.remove(Message.TOOL_CALLS);
        }
        return details;
    }

    /** A value as templates take it: maps in order, lists, texts, numbers, booleans. Fields of null, with which Parquet fills its structs, go. */
    static Object plain(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().stream()
                    .filter(field -> !field.getValue().isNull())
                    .forEach(field -> map.put(field.getKey(), plain(field.getValue())));
            return map;
        }
        if (node.isArray()) {
            return node.valueStream()
                    .filter(item -> !item.isNull())
                    .map(Texts::plain)
                    .toList();
        }
        return Json.MAPPER.convertValue(node, Object.class);
    }

    /**
     * What a row gives the chat template besides turns: {@code tools} and {@code documents} (lists, or JSON of lists as text) and
     * {@code chat_template_kwargs}, TRL's column of further arguments.
     */
    static Map<String, Object> templateArguments(Fields row) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        row.find("chat_template_kwargs")
                .map(node -> unquoted(node, "'chat_template_kwargs'"))
                .ifPresent(node -> {
                    if (!(plain(node) instanceof Map<?, ?> map)) {
                        throw new BadRow("'chat_template_kwargs' is not an object");
                    }
                    map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
                });
        for (String key : List.of("tools", "documents")) {
            row.find(key).map(node -> unquoted(node, "'" + key + "'")).ifPresent(node -> {
                if (!node.isArray()) {
                    throw new BadRow("'" + key + "' is not a list");
                }
                if (!node.isEmpty()) {
                    arguments.put(key, plain(node));
                }
            });
        }
        return arguments;
    }

    /** Data sets often hold tools as text, since their schemas differ from row to row. */
    private static JsonNode unquoted(JsonNode node, String name) {
        if (!node.isString()) {
            return node;
        }
        try {
            return node.stringValue().isBlank()
                    ? Json.MAPPER.createArrayNode()
                    : Json.MAPPER.readTree(node.stringValue());
        } catch (JacksonException e) {
            throw new BadRow(name + " is a text that is not JSON");
        }
    }

    /** With the row's tools and template arguments, if it has any; text that is not a conversation cannot have them. */
    private static Text withArguments(Fields row, Text text) {
        Map<String, Object> arguments = templateArguments(row);
        if (arguments.isEmpty()) {
            return text;
        }
        if (!(text instanceof Text.Chat chat)) {
            throw new BadRow("'" + arguments.keySet().iterator().next()
                    + "' is for a chat template, and the prompt is text: give it as a list of {role, content}");
        }
        return Text.chat(chat.messages(), arguments);
    }

    /** Content in parts, as vision models take it; only parts of text can be used. */
    private static String parts(JsonNode content, String name) {
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            JsonNode words = part.get("text");
            if (words == null || !words.isString()) {
                throw new BadRow(name + " has content that is not text");
            }
            text.append(words.stringValue());
        }
        return text.toString();
    }

    private static Role role(JsonNode node, String name) {
        String role = Fields.text(node, name + " role");
        return switch (word(role)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user", "human", "prompter" -> Role.USER;
            case "assistant", "gpt", "model", "chatbot" -> Role.ASSISTANT;
            case "tool", "function", "ipython", "observation", "tool_response", "function_response" -> Role.TOOL;
            default -> throw new BadRow(name + " has the role '" + role + "', not system, user, assistant or tool");
        };
    }

    /** The prompt a row asks, named by its {@code prompt_id} or, so that the same words have the same name, by its contents. */
    static Prompt prompt(Fields row, Text text) {
        Text whole = withArguments(row, text);
        Optional<String> given = row.optionalText("prompt_id").filter(id -> !id.isBlank());
        return new Prompt(given.orElseGet(() -> hash(whole)), whole);
    }

    /** The prompt of a text, named by its contents. */
    static Prompt named(Text text) {
        return new Prompt(hash(text), text);
    }

    static Optional<String> promptKey(Fields row) {
        return row.firstOf(Names.PROMPT);
    }

    /** A completion: turns after a conversation; raw text after raw text, one turn of the assistant after turns. */
    static Completion completion(JsonNode node, String name, Text prompt) {
        return completion(parse(node, name), name, prompt);
    }

    static Completion completion(Text text, String name, Text prompt) {
        return checked(
                prompt instanceof Text.Chat && text instanceof Text.Raw(String raw) ? Text.answer(raw) : text, name);
    }

    /** A completion that says something; white space is something. */
    static Completion checked(Text text, String name) {
        boolean empty = switch (text) {
            case Text.Raw(String raw) -> raw.isEmpty();
            case Text.Chat chat ->
                chat.messages().stream().noneMatch(turn -> turn.role() == Role.ASSISTANT && !turn.isEmpty());
        };
        if (empty) {
            throw new BadRow(name + " is empty");
        }
        return new Completion(text);
    }

    /** A raw prompt before turns is what the user said. */
    static Text asChat(Text text) {
        return text instanceof Text.Raw(String raw) ? Text.chat(List.of(new Message(Role.USER, raw))) : text;
    }

    static List<Message> turns(Text text) {
        return asChat(text) instanceof Text.Chat chat ? chat.messages() : List.of();
    }

    private static String identity(Message turn) {
        String details = turn.details().isEmpty() ? "" : "\u0001" + Json.MAPPER.writeValueAsString(turn.details());
        return turn.role() + "\u0001" + turn.content() + details;
    }

    private static String hash(Text text) {
        String all = switch (text) {
            case Text.Raw(String raw) -> raw;
            // Separated by what no text has, so that no two conversations look alike.
            case Text.Chat chat ->
                chat.messages().stream().map(Texts::identity).collect(Collectors.joining("\u0000"))
                        + (chat.arguments().isEmpty()
                                ? ""
                                : "\u0002" + Json.MAPPER.writeValueAsString(chat.arguments()));
        };
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
