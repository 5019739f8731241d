package org.thurstone.data.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import tools.jackson.databind.JsonNode;

/** Texts and conversations as rows hold them. */
final class Texts {

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
        for (JsonNode turn : node) {
            messages.add(message(turn, name + " turn " + (messages.size() + 1)));
        }
        return messages;
    }

    private static Message message(JsonNode turn, String name) {
        // ShareGPT says from and value.
        JsonNode role = turn.has("role") ? turn.get("role") : turn.get("from");
        JsonNode content = turn.has("content") ? turn.get("content") : turn.get("value");
        if (role == null || content == null || content.isNull()) {
            throw new BadRow(name + " has no " + (role == null ? "role" : "content"));
        }
        if (content.isArray()) {
            return new Message(role(role, name), parts(content, name));
        }
        return new Message(role(role, name), Fields.text(content, name + " content"));
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
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user", "human", "prompter" -> Role.USER;
            case "assistant", "gpt", "model", "chatbot" -> Role.ASSISTANT;
            case "tool", "function", "ipython" -> Role.TOOL;
            default -> throw new BadRow(name + " has the role '" + role + "', not system, user, assistant or tool");
        };
    }

    /** The prompt a row asks, named by its {@code prompt_id} or, so that the same words have the same name, by its contents. */
    static Prompt prompt(Fields row, Text text) {
        Optional<String> given = row.optionalText("prompt_id").filter(id -> !id.isBlank());
        return new Prompt(given.orElseGet(() -> hash(text)), text);
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
            case Text.Chat(List<Message> turns) ->
                turns.stream()
                        .noneMatch(turn ->
                                turn.role() == Role.ASSISTANT && !turn.content().isEmpty());
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
        return asChat(text) instanceof Text.Chat(List<Message> turns) ? turns : List.of();
    }

    private static String hash(Text text) {
        String all = switch (text) {
            case Text.Raw(String raw) -> raw;
            // Separated by what no text has, so that no two conversations look alike.
            case Text.Chat(List<Message> turns) ->
                turns.stream()
                        .map(turn -> turn.role() + "\u0001" + turn.content())
                        .collect(Collectors.joining("\u0000"));
        };
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
