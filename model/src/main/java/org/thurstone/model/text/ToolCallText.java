package org.thurstone.model.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.UserError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of a model that was given tools: what it says, and the calls that it makes. Calls are {@code <tool_call>{"name": …, "arguments": …}</tool_call>},
 * the form of the templates that have this mark in them (Hermes, Qwen and their like). What is no complete call stays text.
 *
 * @param content what is said apart from the calls
 */
public record ToolCallText(String content, List<Call> calls) {

    /** @param arguments a JSON object, as text */
    public record Call(String name, String arguments) {}

    public static final String MARK = "<tool_call>";

    private static final Pattern CALL = Pattern.compile("<tool_call>(.*?)</tool_call>", Pattern.DOTALL);

    /** Whether a template writes the calls of an earlier turn in this form. */
    public static boolean isFormOf(ChatTemplate template) {
        Map<String, Object> function = Map.of("name", "f", "arguments", Map.of("x", 1));
        Map<String, Object> call = Map.of("id", "call_1", "type", "function", "function", function);
        Message calling = new Message(Role.ASSISTANT, "", true, Map.of(Message.TOOL_CALLS, List.of(call)));
        try {
            return template.render(List.of(new Message(Role.USER, "a"), calling), false)
                    .contains(MARK);
        } catch (UserError e) {
            return false;
        }
    }

    public static ToolCallText of(String text) {
        List<Call> calls = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        Matcher match = CALL.matcher(text);
        int at = 0;
        while (match.find()) {
            String between = text.substring(at, match.start());
            Call call = call(match.group(1));
            if (call.name().isEmpty()) {
                rest.append(between).append(match.group());
            } else {
                // White space around calls belongs to their form.
                rest.append(between.isBlank() && !(calls.isEmpty() && rest.isEmpty()) ? "" : between);
                calls.add(call);
            }
            at = match.end();
        }
        String tail = text.substring(at);
        rest.append(!calls.isEmpty() && tail.isBlank() ? "" : tail);
        return new ToolCallText(rest.toString(), List.copyOf(calls));
    }

    /** A call without a name if it is none. */
    private static Call call(String json) {
        try {
            JsonNode call = JsonMapper.shared().readTree(json);
            JsonNode arguments = call.path("arguments");
            if (call.path("name").isString() && arguments.isObject()) {
                return new Call(
                        call.path("name").stringValue(), JsonMapper.shared().writeValueAsString(arguments));
            }
        } catch (JacksonException e) {
            // No call: it stays the text that it is.
        }
        return new Call("", "");
    }
}
