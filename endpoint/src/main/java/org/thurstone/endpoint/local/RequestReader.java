package org.thurstone.endpoint.local;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.container.Json;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.ChatTemplate;
import tools.jackson.core.JacksonException;

/** Reads requests of LangChain4j; what cannot be done is refused by name. */
record RequestReader(ChatTemplate template, Sampling defaults) {

    Sampling sampling(ChatRequestParameters wanted) {
        refuse(wanted.frequencyPenalty(), "frequencyPenalty");
        refuse(wanted.presencePenalty(), "presencePenalty");
        if (wanted.responseFormat() != null && wanted.responseFormat().type() != ResponseFormatType.TEXT) {
            throw new UnsupportedFeatureException("responseFormat is not supported: answers are text");
        }
        if (wanted.toolChoice() == ToolChoice.REQUIRED) {
            throw new UnsupportedFeatureException("toolChoice REQUIRED is not supported: the model decides");
        }
        try {
            return new Sampling(
                    Optional.ofNullable(wanted.temperature()).orElse(defaults.temperature()),
                    wanted.topK() == null ? defaults.topK() : OptionalInt.of(wanted.topK()),
                    wanted.topP() == null ? defaults.topP() : OptionalDouble.of(wanted.topP()),
                    defaults.minP(),
                    Optional.ofNullable(wanted.maxOutputTokens()).orElse(defaults.maxTokens()),
                    wanted.stopSequences() == null || wanted.stopSequences().isEmpty()
                            ? defaults.stopStrings()
                            : wanted.stopSequences(),
                    defaults.stopTokens());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(@Nullable Object value, String name) {
        if (value != null) {
            throw new UnsupportedFeatureException(name + " is not supported");
        }
    }

    Text.Chat conversation(ChatRequest request) {
        List<Message> turns =
                request.messages().stream().map(RequestReader::turn).toList();
        List<ToolSpecification> tools = request.toolSpecifications();
        if (tools == null || tools.isEmpty() || request.toolChoice() == ToolChoice.NONE) {
            return new Text.Chat(turns);
        }
        if (!template.reads("tools")) {
            throw new UnsupportedFeatureException("the chat template of this model does not take tools");
        }
        return new Text.Chat(
                turns, Map.of("tools", tools.stream().map(RequestReader::tool).toList()));
    }

    private static Message turn(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> new Message(Role.SYSTEM, system.text());
            case UserMessage user -> {
                if (!user.hasSingleText()) {
                    throw new UnsupportedFeatureException(
                            "messages with other content than one text are not supported");
                }
                yield new Message(Role.USER, user.singleText());
            }
            case AiMessage ai ->
                new Message(Role.ASSISTANT, Optional.ofNullable(ai.text()).orElse(""), true, calls(ai));
            case ToolExecutionResultMessage result -> {
                Map<String, Object> details = new LinkedHashMap<>();
                Optional.ofNullable(result.id()).ifPresent(id -> details.put("tool_call_id", id));
                details.put("name", result.toolName());
                yield new Message(Role.TOOL, result.text(), true, details);
            }
            default ->
                throw new UnsupportedFeatureException("messages of type " + message.type() + " are not supported");
        };
    }

    private static Map<String, Object> calls(AiMessage message) {
        if (!message.hasToolExecutionRequests()) {
            return Map.of();
        }
        List<Map<String, Object>> calls = new ArrayList<>();
        for (ToolExecutionRequest request : message.toolExecutionRequests()) {
            Map<String, Object> call = new LinkedHashMap<>();
            Optional.ofNullable(request.id()).ifPresent(id -> call.put("id", id));
            call.put("type", "function");
            call.put("function", Map.of("name", request.name(), "arguments", arguments(request.arguments())));
            calls.add(call);
        }
        return Map.of(Message.TOOL_CALLS, calls);
    }

    /** Templates write arguments as JSON themselves. */
    private static Object arguments(String json) {
        try {
            return Json.MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            return json;
        }
    }

    private static Map<String, Object> tool(ToolSpecification tool) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", tool.name());
        Optional.ofNullable(tool.description()).ifPresent(d -> function.put("description", d));
        function.put(
                "parameters",
                Optional.ofNullable(tool.parameters())
                        .<Object>map(JsonSchemaElementUtils::toMap)
                        .orElse(Map.of("type", "object", "properties", Map.of())));
        return Map.of("type", "function", "function", function);
    }
}
