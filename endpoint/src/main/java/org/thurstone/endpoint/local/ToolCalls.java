package org.thurstone.endpoint.local;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.container.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An answer of a model that was given tools. Calls are {@code <tool_call>{"name": …, "arguments": {…}}</tool_call>}, as in the templates of Hermes, Qwen
 * and SmolLM; what is no complete call stays text.
 *
 * @param content what is said apart from the calls
 */
record ToolCalls(String content, List<ToolExecutionRequest> calls) {

    static final String MARK = "<tool_call>";

    private static final Pattern CALL = Pattern.compile("\\s*<tool_call>(.*?)</tool_call>\\s*", Pattern.DOTALL);

    static ToolCalls of(String text) {
        List<ToolExecutionRequest> calls = new ArrayList<>();
        Matcher match = CALL.matcher(text);
        StringBuilder rest = new StringBuilder();
        while (match.find()) {
            Optional<ToolExecutionRequest> call = call(match.group(1), calls.size() + 1);
            call.ifPresent(calls::add);
            match.appendReplacement(rest, call.isPresent() ? "" : Matcher.quoteReplacement(match.group()));
        }
        match.appendTail(rest);
        return new ToolCalls(rest.toString(), List.copyOf(calls));
    }

    private static Optional<ToolExecutionRequest> call(String json, int number) {
        try {
            JsonNode call = Json.MAPPER.readTree(json);
            if (call.path("name").isString() && call.path("arguments").isObject()) {
                return Optional.of(ToolExecutionRequest.builder()
                        .id("call_" + number)
                        .name(call.path("name").stringValue())
                        .arguments(call.path("arguments").toString())
                        .build());
            }
        } catch (JacksonException e) {
            // No call: it stays the text that it is.
        }
        return Optional.empty();
    }
}
