package org.thurstone.endpoint;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thurstone.data.container.Json;
import org.thurstone.endpoint.http.EventStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the pieces of a streamed reply together to the reply that the provider would have sent in one piece. A stream is complete once the model has said
 * why it ended; {@code [DONE]} is not needed, and not enough.
 */
final class StreamedReply {

    private final Provider provider;
    private final EventStream stream;
    private final ObjectNode whole = Json.MAPPER.createObjectNode();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final Map<Integer, ToolCall> calls = new TreeMap<>();
    private String finish = "";
    private Optional<ObjectNode> error = Optional.empty();
    private String unreadable = "";

    /** A tool call, of which fragments arrive. */
    private static final class ToolCall {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    StreamedReply(Provider provider) {
        this.provider = provider;
        this.stream =
                provider == Provider.OLLAMA ? EventStream.ofLines(this::event) : EventStream.ofEvents(this::event);
    }

    void feed(byte[] bytes) {
        stream.feed(bytes);
    }

    /** Takes the end of the stream. */
    void end() {
        stream.end();
    }

    /** Whether the model has said why it ended. */
    boolean complete() {
        return !finish.isEmpty();
    }

    /** The error that the stream ended with: {@code {"error": …}}. */
    Optional<ObjectNode> error() {
        return error;
    }

    /** Why the stream is of no use; empty if it can be read. */
    String unreadable() {
        return unreadable;
    }

    private void event(String data) {
        if (data.strip().equals("[DONE]") || error.isPresent()) {
            return;
        }
        JsonNode event;
        try {
            event = Json.MAPPER.readTree(data);
        } catch (JacksonException e) {
            unreadable = "an event of the stream is not JSON: " + Json.reason(e);
            return;
        }
        if (event instanceof ObjectNode object
                && object.hasNonNull("error")
                && !(object.get("error").isString()
                        && object.get("error").stringValue().isEmpty())) {
            error = Optional.of(object);
            return;
        }
        switch (provider) {
            case OPENAI -> openAi(event);
            case ANTHROPIC -> anthropic(event);
            case GEMINI -> gemini(event);
            case OLLAMA -> ollama(event);
        }
    }

    private void copy(JsonNode from, String... keys) {
        for (String key : keys) {
            if (from.hasNonNull(key)) {
                whole.set(key, from.get(key));
            }
        }
    }

    private void openAi(JsonNode event) {
        copy(event, "model", "system_fingerprint", "usage", "id");
        JsonNode choice = event.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        text.append(ReplyReader.text(delta, "content"));
        refusal.append(ReplyReader.text(delta, "refusal"));
        thoughts.append(ReplyReader.text(delta, "reasoning_content")).append(ReplyReader.text(delta, "reasoning"));
        int place = 0;
        for (JsonNode fragment : delta.path("tool_calls")) {
            ToolCall call = calls.computeIfAbsent(fragment.path("index").asInt(place), i -> new ToolCall());
            call.id = first(call.id, ReplyReader.text(fragment, "id"));
            call.name = first(call.name, ReplyReader.text(fragment.path("function"), "name"));
            call.arguments.append(ReplyReader.text(fragment.path("function"), "arguments"));
            place++;
        }
        finish = last(finish, ReplyReader.text(choice, "finish_reason"));
    }

    private void anthropic(JsonNode event) {
        switch (ReplyReader.text(event, "type")) {
            case "message_start" -> copy(event.path("message"), "model", "usage", "id");
            case "content_block_start" -> {
                JsonNode block = event.path("content_block");
                text.append(ReplyReader.text(block, "text"));
                if (ReplyReader.text(block, "type").contains("thinking")) {
                    thoughts.append(' ');
                }
                if (ReplyReader.text(block, "type").equals("tool_use")) {
                    ToolCall call = calls.computeIfAbsent(event.path("index").asInt(0), i -> new ToolCall());
                    call.id = ReplyReader.text(block, "id");
                    call.name = ReplyReader.text(block, "name");
                }
            }
            case "content_block_delta" -> {
                JsonNode delta = event.path("delta");
                text.append(ReplyReader.text(delta, "text"));
                thoughts.append(ReplyReader.text(delta, "thinking"));
                ToolCall call = calls.get(event.path("index").asInt(0));
                if (call != null) {
                    call.arguments.append(ReplyReader.text(delta, "partial_json"));
                }
            }
            case "message_delta" -> {
                finish = last(finish, ReplyReader.text(event.path("delta"), "stop_reason"));
                if (event.path("usage") instanceof ObjectNode later) {
                    ObjectNode usage =
                            whole.path("usage") instanceof ObjectNode known ? known : whole.putObject("usage");
                    usage.setAll(later);
                }
            }
            default -> {}
        }
    }

    private void gemini(JsonNode event) {
        copy(event, "modelVersion", "usageMetadata", "promptFeedback");
        JsonNode candidate = event.path("candidates").path(0);
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (part.path("thought").asBoolean(false)) {
                thoughts.append(ReplyReader.text(part, "text"));
            } else {
                text.append(ReplyReader.text(part, "text"));
            }
            if (part.has("functionCall")) {
                ToolCall call = new ToolCall();
                call.name = ReplyReader.text(part.path("functionCall"), "name");
                call.arguments.append(part.path("functionCall").path("args"));
                calls.put(calls.size(), call);
            }
        }
        finish = last(finish, ReplyReader.text(candidate, "finishReason"));
        if (finish.isEmpty() && event.path("promptFeedback").hasNonNull("blockReason")) {
            finish = "BLOCKED";
        }
    }

    private void ollama(JsonNode event) {
        copy(event, "model", "prompt_eval_count", "eval_count", "done_reason");
        text.append(ReplyReader.text(event.path("message"), "content"));
        thoughts.append(ReplyReader.text(event.path("message"), "thinking"));
        for (JsonNode tool : event.path("message").path("tool_calls")) {
            ToolCall call = new ToolCall();
            call.name = ReplyReader.text(tool.path("function"), "name");
            call.arguments.append(tool.path("function").path("arguments"));
            calls.put(calls.size(), call);
        }
        if (event.path("done").asBoolean(false)) {
            finish = first(ReplyReader.text(event, "done_reason"), "stop");
        }
    }

    private static String first(String known, String other) {
        return known.isEmpty() ? other : known;
    }

    private static String last(String known, String later) {
        return later.isEmpty() ? known : later;
    }

    /** The reply in one piece. */
    ObjectNode whole() {
        switch (provider) {
            case OPENAI -> {
                ObjectNode choice = whole.putArray("choices").addObject();
                choice.put("finish_reason", finish);
                ObjectNode message =
                        choice.putObject("message").put("role", "assistant").put("content", text.toString());
                if (!refusal.isEmpty()) {
                    message.put("refusal", refusal.toString());
                }
                if (!thoughts.isEmpty()) {
                    message.put("reasoning_content", thoughts.toString());
                }
                if (!calls.isEmpty()) {
                    toolCalls(message.putArray("tool_calls"));
                }
            }
            case ANTHROPIC -> {
                whole.put("type", "message").put("role", "assistant").put("stop_reason", finish);
                ArrayNode content = whole.putArray("content");
                if (!thoughts.isEmpty()) {
                    content.addObject().put("type", "thinking").put("thinking", thoughts.toString());
                }
                content.addObject().put("type", "text").put("text", text.toString());
                calls.values().forEach(call -> {
                    ObjectNode block = content.addObject();
                    block.put("type", "tool_use").put("id", call.id).put("name", call.name);
                    block.set("input", input(call));
                });
            }
            case GEMINI -> {
                ObjectNode candidate = whole.putArray("candidates").addObject();
                if (!finish.equals("BLOCKED")) {
                    candidate.put("finishReason", finish);
                }
                ArrayNode parts =
                        candidate.putObject("content").put("role", "model").putArray("parts");
                if (!thoughts.isEmpty()) {
                    parts.addObject().put("text", thoughts.toString()).put("thought", true);
                }
                parts.addObject().put("text", text.toString());
                calls.values().forEach(call -> {
                    ObjectNode function =
                            parts.addObject().putObject("functionCall").put("name", call.name);
                    function.set("args", input(call));
                });
            }
            case OLLAMA -> {
                whole.put("done", true);
                ObjectNode message =
                        whole.putObject("message").put("role", "assistant").put("content", text.toString());
                if (!thoughts.isEmpty()) {
                    message.put("thinking", thoughts.toString());
                }
                if (!calls.isEmpty()) {
                    ArrayNode tools = message.putArray("tool_calls");
                    calls.values().forEach(call -> {
                        ObjectNode function =
                                tools.addObject().putObject("function").put("name", call.name);
                        function.set("arguments", input(call));
                    });
                }
            }
        }
        return whole;
    }

    private void toolCalls(ArrayNode to) {
        calls.values().forEach(call -> {
            ObjectNode tool = to.addObject().put("id", call.id).put("type", "function");
            tool.putObject("function").put("name", call.name).put("arguments", call.arguments.toString());
        });
    }

    /** Arguments are read once they are whole; those that are no JSON stay a text. */
    private static JsonNode input(ToolCall call) {
        try {
            return Json.MAPPER.readTree(call.arguments.isEmpty() ? "{}" : call.arguments.toString());
        } catch (JacksonException e) {
            return Json.MAPPER.getNodeFactory().stringNode(call.arguments.toString());
        }
    }
}
