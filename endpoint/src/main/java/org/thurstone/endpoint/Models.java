package org.thurstone.endpoint;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.thurstone.endpoint.http.Wire;

/** LangChain4j's models: they make the request of a provider. Their retries are off. */
final class Models {

    /** Stands where a client insists on a key and the server asks for none. */
    static final String NO_KEY = "none";

    private Models() {}

    /**
     * A model for one call.
     *
     * @param seed of this call
     */
    static ChatModel of(Chat chat, Optional<String> key, OptionalInt seed, Wire wire) {
        String url = chat.address().toString();
        return switch (chat.endpoint()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(wire.builder())
                        .baseUrl(url)
                        .apiKey(key.orElse(NO_KEY))
                        .modelName(chat.model())
                        .temperature(orNull(chat.temperature()))
                        .topP(orNull(chat.topP()))
                        .maxTokens(orNull(chat.maxTokens()))
                        .maxCompletionTokens(orNull(chat.maxCompletionTokens()))
                        .stop(chat.stop().isEmpty() ? null : chat.stop())
                        .seed(orNull(seed))
                        .strictJsonSchema(chat.schema())
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(wire.builder())
                        .baseUrl(url)
                        .apiKey(key.orElse(NO_KEY))
                        .modelName(chat.model())
                        .temperature(orNull(chat.temperature()))
                        .topP(orNull(chat.topP()))
                        .maxTokens(orNull(chat.maxTokens()))
                        .stopSequences(chat.stop().isEmpty() ? null : chat.stop())
                        .maxRetries(0)
                        .build();
            case GEMINI ->
                GoogleAiGeminiChatModel.builder()
                        .httpClientBuilder(wire.builder())
                        .baseUrl(url)
                        .apiKey(key.orElse(NO_KEY))
                        .modelName(chat.model())
                        .temperature(orNull(chat.temperature()))
                        .topP(orNull(chat.topP()))
                        .maxOutputTokens(orNull(chat.maxTokens()))
                        .stopSequences(chat.stop().isEmpty() ? null : chat.stop())
                        .seed(orNull(seed))
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(wire.builder())
                        .baseUrl(url)
                        .modelName(chat.model())
                        .temperature(orNull(chat.temperature()))
                        .topP(orNull(chat.topP()))
                        .numPredict(orNull(chat.maxTokens()))
                        .numCtx(orNull(chat.context()))
                        .stop(chat.stop().isEmpty() ? null : chat.stop())
                        .seed(orNull(seed))
                        .maxRetries(0)
                        .build();
        };
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
