package org.thurstone.endpoint;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the replies of providers, each in its own layout. */
final class ReplyReader {

    private static final Set<String> GEMINI_ENDS = Set.of("STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED", "OTHER");

    private ReplyReader() {}

    /**
     * A reply that holds an answer.
     *
     * @param body a reply without an error
     * @return empty if there is no answer in it
     */
    static Optional<Reply> read(Provider provider, JsonNode body) {
        return switch (provider) {
            case OPENAI -> openAi(body);
            case ANTHROPIC -> anthropic(body);
            case GEMINI -> gemini(body);
            case OLLAMA -> ollama(body);
        };
    }

    private static Optional<Reply> openAi(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        String finish = text(choice, "finish_reason");
        String refusal = text(message, "refusal");
        if (refusal.isEmpty() && finish.equals("content_filter")) {
            refusal = "the answer was blocked (content_filter)";
        }
        String content = message.path("content").isArray()
                ? message.path("content")
                        .valueStream()
                        .map(part -> text(part, "text"))
                        .reduce("", String::concat)
                : text(message, "content");
        JsonNode usage = body.path("usage");
        long cached = number(usage.path("prompt_tokens_details"), "cached_tokens");
        return Optional.of(reply(
                content,
                finish.equals("length"),
                message.path("tool_calls").size() > 0
                        || message.path("function_call").isObject(),
                refusal,
                usage.path("prompt_tokens").isNumber()
                        ? Optional.of(new Usage(
                                Math.max(0, number(usage, "prompt_tokens") - cached),
                                cached,
                                0,
                                number(usage, "completion_tokens"),
                                number(usage.path("completion_tokens_details"), "reasoning_tokens")))
                        : Optional.empty(),
                text(body, "model"),
                text(body, "system_fingerprint"),
                !text(message, "reasoning_content").isEmpty()
                        || !text(message, "reasoning").isEmpty()));
    }

    private static Optional<Reply> anthropic(JsonNode body) {
        JsonNode content = body.path("content");
        if (!content.isArray()) {
            return Optional.empty();
        }
        StringBuilder words = new StringBuilder();
        boolean reasoned = false;
        boolean tools = false;
        for (JsonNode block : content) {
            switch (text(block, "type")) {
                case "text" -> words.append(text(block, "text"));
                case "thinking", "redacted_thinking" -> reasoned = true;
                case "tool_use" -> tools = true;
                default -> {}
            }
        }
        String stop = text(body, "stop_reason");
        JsonNode usage = body.path("usage");
        return Optional.of(reply(
                words.toString(),
                stop.equals("max_tokens") || stop.equals("model_context_window_exceeded"),
                tools,
                stop.equals("refusal") ? "the model declined (refusal)" : "",
                usage.path("input_tokens").isNumber()
                        ? Optional.of(new Usage(
                                number(usage, "input_tokens"),
                                number(usage, "cache_read_input_tokens"),
                                number(usage, "cache_creation_input_tokens"),
                                number(usage, "output_tokens"),
                                0))
                        : Optional.empty(),
                text(body, "model"),
                "",
                reasoned));
    }

    private static Optional<Reply> gemini(JsonNode body) {
        JsonNode candidate = body.path("candidates").path(0);
        String blocked = text(body.path("promptFeedback"), "blockReason");
        String finish = text(candidate, "finishReason");
        String refusal = !blocked.isEmpty()
                ? "the prompt was blocked (" + blocked + ")"
                : !finish.isEmpty() && !GEMINI_ENDS.contains(finish)
                        ? "the answer was blocked (" + finish + ")"
                        : !candidate.isObject() && body.has("usageMetadata") ? "there are no candidates" : "";
        if (!candidate.isObject() && refusal.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder words = new StringBuilder();
        boolean reasoned = false;
        boolean tools = false;
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (part.path("thought").asBoolean(false)) {
                reasoned = true;
            } else {
                words.append(text(part, "text"));
            }
            tools |= part.has("functionCall");
        }
        JsonNode usage = body.path("usageMetadata");
        long cached = number(usage, "cachedContentTokenCount");
        long thoughts = number(usage, "thoughtsTokenCount");
        return Optional.of(reply(
                words.toString(),
                finish.equals("MAX_TOKENS"),
                tools,
                refusal,
                usage.path("promptTokenCount").isNumber()
                        ? Optional.of(new Usage(
                                Math.max(0, number(usage, "promptTokenCount") - cached),
                                cached,
                                0,
                                number(usage, "candidatesTokenCount") + thoughts,
                                thoughts))
                        : Optional.empty(),
                text(body, "modelVersion"),
                "",
                reasoned || thoughts > 0));
    }

    private static Optional<Reply> ollama(JsonNode body) {
        JsonNode message = body.path("message");
        if (!message.isObject()) {
            return Optional.empty();
        }
        return Optional.of(reply(
                text(message, "content"),
                text(body, "done_reason").equals("length"),
                message.path("tool_calls").size() > 0,
                "",
                body.path("prompt_eval_count").isNumber()
                        ? Optional.of(new Usage(number(body, "prompt_eval_count"), 0, 0, number(body, "eval_count"), 0))
                        : Optional.empty(),
                text(body, "model"),
                "",
                !text(message, "thinking").isEmpty()));
    }

    private static Reply reply(
            String words,
            boolean cut,
            boolean tools,
            String refusal,
            Optional<Usage> usage,
            String model,
            String fingerprint,
            boolean reasoned) {
        Reply.Finish finish = !refusal.isEmpty()
                ? Reply.Finish.REFUSED
                : cut ? Reply.Finish.LENGTH : tools ? Reply.Finish.TOOL_CALLS : Reply.Finish.STOP;
        return new Reply(
                words,
                finish,
                refusal.isEmpty() ? Optional.empty() : Optional.of(refusal),
                usage,
                model,
                fingerprint,
                reasoned || (usage.isPresent() && usage.get().reasoning() > 0));
    }

    /** A text under a key; empty if there is none. */
    static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isString() ? value.stringValue() : "";
    }

    private static long number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNumber() ? Math.max(0, value.asLong(0)) : 0;
    }
}
