package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The official Java client and LangChain4j. */
@Timeout(60)
class ClientsTest {

    private static final String KEY = "geheim";

    @TempDir
    private static Path directory;

    private static final Scripted POLICY = new Scripted(400);
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(ByteModel.of(POLICY, directory), ServerOptions.LOCAL.withKey(KEY));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(api.server.address() + "/v1")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private static ChatCompletionCreateParams.Builder hi(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("hi");
    }

    @Test
    void theOfficialJavaClientReadsAnswersStreamsAndErrors() {
        POLICY.says("Grüße 🙂");
        OpenAIClient client = client(KEY);
        try {
            ChatCompletion whole = client.chat()
                    .completions()
                    .create(hi("tiny")
                            .logprobs(true)
                            .topLogprobs(2)
                            .n(2)
                            .store(false)
                            .build())
                    .validate();
            assertThat(whole.choices()).hasSize(2);
            assertThat(whole.choices().get(1).message().content()).hasValue("Grüße 🙂");
            assertThat(whole.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
            assertThat(whole.choices()
                            .getFirst()
                            .logprobs()
                            .orElseThrow()
                            .content()
                            .orElseThrow())
                    .hasSize("Grüße 🙂".getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
            ChatCompletionAccumulator parts = ChatCompletionAccumulator.create();
            try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                    .completions()
                    .createStreaming(hi("tiny")
                            .streamOptions(ChatCompletionStreamOptions.builder()
                                    .includeUsage(true)
                                    .build())
                            .build())) {
                stream.stream().forEach(chunk -> parts.accumulate(chunk.validate()));
            }
            ChatCompletion streamed = parts.chatCompletion();
            assertThat(streamed.choices().getFirst().message().content()).hasValue("Grüße 🙂");
            assertThat(streamed.usage().orElseThrow().completionTokens()).isEqualTo(13);
            Completion completion = client.completions()
                    .create(CompletionCreateParams.builder()
                            .model("tiny")
                            .promptOfArrayOfTokens(List.of(97L, 98L))
                            .maxTokens(3)
                            .logprobs(1)
                            .build())
                    .validate();
            assertThat(completion.choices().getFirst().text()).isEqualTo("Gr\uFFFD");
            assertThat(client.models().list().data().getFirst().id()).isEqualTo("tiny");
            assertThatThrownBy(
                            () -> client.chat().completions().create(hi("other").build()))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("there is no model 'other'");
            assertThatThrownBy(() -> client.chat()
                            .completions()
                            .create(hi("tiny").frequencyPenalty(1).build()))
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageContaining("frequency_penalty");
            OpenAIClient stranger = client("x");
            assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
            stranger.close();
            // A fault within a stream is raised.
            POLICY.failing = 2;
            List<String> seen = new ArrayList<>();
            assertThatThrownBy(() -> {
                        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                                .completions()
                                .createStreaming(hi("tiny").build())) {
                            stream.stream()
                                    .forEach(chunk -> chunk.choices()
                                            .forEach(choice ->
                                                    choice.delta().content().ifPresent(seen::add)));
                        }
                    })
                    .isInstanceOf(OpenAIException.class)
                    .hasMessageContaining("the model broke");
            assertThat(String.join("", seen)).isEqualTo("Gr");
        } finally {
            POLICY.failing = -1;
            client.close();
        }
    }

    @Test
    void langChain4jReadsAnswersAndStreams() throws Exception {
        POLICY.says("Grüße 🙂");
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(api.server.address() + "/v1")
                .apiKey(KEY)
                .modelName("tiny")
                .maxRetries(0)
                .build();
        assertThat(model.chat("hi")).isEqualTo("Grüße 🙂");
        OpenAiStreamingChatModel streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(api.server.address() + "/v1")
                .apiKey(KEY)
                .modelName("tiny")
                .build();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        StringBuilder parts = new StringBuilder();
        streaming.chat("hi", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.append(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        ChatResponse response = complete.get(30, TimeUnit.SECONDS);
        assertThat(parts.toString()).isEqualTo("Grüße 🙂");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(13);
    }
}
