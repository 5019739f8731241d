package org.thurstone.endpoint.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.model.hub.LoadOptions;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.ToolCallText;
import org.thurstone.model.text.WordTokenizerFile;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

class LocalChatTest {

    private static final int CONTEXT = 96;

    @TempDir
    private static Path directory;

    /** Random weights over single lower-case letters. */
    @BeforeAll
    static void model() {
        String config = """
                {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 32, "hidden_size": 16,
                 "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
                 "max_position_embeddings": %d, "rms_norm_eps": 1e-5, "tie_word_embeddings": true}
                """.formatted(CONTEXT);
        try (Transformer model = Transformer.initialise(
                Transformers.config("tiny", config),
                RandomGeneratorFactory.of("L64X128MixRandom").create(1),
                DType.FLOAT32,
                Device.CPU)) {
            Files.createDirectories(directory);
            Transformers.save(model, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> letters =
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
        new WordTokenizerFile(letters, "\\S").write(directory, CONTEXT);
    }

    private static LocalChat open(long seed) {
        SplittableGenerator random = (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return LocalChat.open(ModelDirectory.of(directory, LoadOptions.DEFAULT), Sampling.of(1, 24), random);
    }

    private static ChatRequest.Builder ask(String words) {
        return ChatRequest.builder().messages(UserMessage.from(words));
    }

    /** What a handler hears of an answer. */
    private record Heard(List<String> parts, ChatResponse response) {}

    private static Heard stream(LocalChat model, ChatRequest request) {
        List<String> parts = new ArrayList<>();
        CompletableFuture<ChatResponse> done = new CompletableFuture<>();
        model.streaming().chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
            }

            @Override
            public void onError(Throwable reason) {
                done.completeExceptionally(reason);
            }
        });
        return new Heard(parts, done.join());
    }

    @Test
    void partsOfAStreamAreTheTextOfTheWholeAnswer() {
        for (long seed = 1; seed <= 5; seed++) {
            ChatResponse whole;
            try (LocalChat model = open(seed)) {
                whole = model.chat().chat(ask("abc").build());
            }
            try (LocalChat model = open(seed)) {
                Heard heard = stream(model, ask("abc").build());
                assertThat(String.join("", heard.parts))
                        .isEqualTo(whole.aiMessage().text());
                assertThat(heard.response.aiMessage()).isEqualTo(whole.aiMessage());
                assertThat(heard.response.tokenUsage()).isEqualTo(whole.tokenUsage());
                assertThat(heard.parts)
                        .as("token by token")
                        .hasSizeGreaterThan(heard.response.tokenUsage().outputTokenCount() / 3);
            }
            assertThat(whole.modelName()).isEqualTo(directory.getFileName().toString());
            assertThat(whole.tokenUsage().outputTokenCount()).isBetween(1, 24);
            assertThat(whole.finishReason())
                    .isEqualTo(whole.tokenUsage().outputTokenCount() == 24 ? FinishReason.LENGTH : FinishReason.STOP);
        }
    }

    @Test
    void parametersOfARequestGoBeforeTheDefaults() {
        try (LocalChat model = open(1)) {
            ChatResponse greedy = model.chat()
                    .chat(ask("abc").temperature(0.0).maxOutputTokens(5).build());
            assertThat(greedy.tokenUsage().outputTokenCount()).isLessThanOrEqualTo(5);
            assertThat(model.chat()
                            .chat(ask("abc").temperature(0.0).maxOutputTokens(5).build())
                            .aiMessage())
                    .isEqualTo(greedy.aiMessage());
        }
    }

    @Test
    void aStopSequenceEndsAnAnswerAndIsNoPartOfIt() {
        String text;
        try (LocalChat model = open(3)) {
            text = model.chat().chat(ask("abc").build()).aiMessage().text();
        }
        String stop = text.strip().substring(4, 6);
        try (LocalChat model = open(3)) {
            Heard heard = stream(model, ask("abc").stopSequences(List.of(stop)).build());
            String stopped = heard.response.aiMessage().text();
            assertThat(text).startsWith(stopped);
            assertThat(stopped).doesNotContain(stop).hasSizeLessThan(text.length());
            assertThat(String.join("", heard.parts)).isEqualTo(stopped);
            assertThat(heard.response.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void requestsAtTheSameTimeAreAllAnswered() throws Exception {
        try (LocalChat model = open(1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(threads.submit(() -> model.chat().chat(ask("abc").build())));
            }
            for (Future<ChatResponse> answer : answers) {
                assertThat(answer.get().tokenUsage().outputTokenCount()).isPositive();
            }
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() {
        try (LocalChat model = open(1)) {
            assertThatThrownBy(() ->
                            model.chat().chat(ask("a").frequencyPenalty(1.0).build()))
                    .isInstanceOf(UnsupportedFeatureException.class)
                    .hasMessageContaining("frequencyPenalty");
            assertThatThrownBy(() -> model.chat()
                            .chat(ask("a").responseFormat(ResponseFormat.JSON).build()))
                    .hasMessageContaining("responseFormat");
            assertThatThrownBy(() -> model.chat()
                            .chat(ask("a").toolSpecifications(tool()).build()))
                    .hasMessageContaining("does not take tools");
            assertThatThrownBy(
                            () -> model.chat().chat(ask("a").temperature(-1.0).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("temperature");
            assertThatThrownBy(() -> model.chat().chat(ask("a".repeat(CONTEXT)).build()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("context of " + CONTEXT);
        }
    }

    private static ToolSpecification tool() {
        return ToolSpecification.builder()
                .name("add")
                .description("Adds.")
                .parameters(JsonObjectSchema.builder()
                        .addIntegerProperty("a")
                        .required("a")
                        .build())
                .build();
    }

    /** A template that takes tools. */
    private record Taking() implements ChatTemplate {
        @Override
        public String render(Text.Chat chat, boolean prompting) {
            return "";
        }

        @Override
        public boolean reads(String key) {
            return key.equals("tools");
        }

        @Override
        public boolean endsTurns() {
            return true;
        }
    }

    @Test
    void turnsAndToolsReachTheTemplate() {
        ChatRequest request = ChatRequest.builder()
                .messages(
                        SystemMessage.from("be brief"),
                        UserMessage.from("1 + 2?"),
                        AiMessage.from(ToolExecutionRequest.builder()
                                .id("c1")
                                .name("add")
                                .arguments("{\"a\": 1}")
                                .build()),
                        ToolExecutionResultMessage.from("c1", "add", "3"))
                .toolSpecifications(tool())
                .build();
        Text.Chat chat = new RequestReader(new Taking(), Sampling.of(1, 9)).conversation(request);
        assertThat(chat.messages())
                .containsExactly(
                        new Message(Role.SYSTEM, "be brief"),
                        new Message(Role.USER, "1 + 2?"),
                        new Message(
                                Role.ASSISTANT,
                                "",
                                true,
                                Map.of(
                                        "tool_calls",
                                        List.of(Map.of(
                                                "id",
                                                "c1",
                                                "type",
                                                "function",
                                                "function",
                                                Map.of("name", "add", "arguments", Map.of("a", 1)))))),
                        new Message(Role.TOOL, "3", true, Map.of("tool_call_id", "c1", "name", "add")));
        assertThat(chat.arguments().get("tools").toString())
                .contains("type=function", "name=add", "description=Adds.", "integer");
    }

    @Test
    void toolCallsAreReadAndWhatIsNoneStaysText() {
        ToolCallText calls =
                ToolCallText.of("I add.\n<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>\n"
                        + "<tool_call>{\"name\": \"mul\", \"arguments\": {}}</tool_call>");
        assertThat(calls.content()).isEqualTo("I add.\n");
        assertThat(calls.calls().stream().map(c -> c.name() + " " + c.arguments()))
                .containsExactly("add {\"a\":1}", "mul {}");
        for (String none :
                List.of("<tool_call>{\"name\": 1}</tool_call>", "<tool_call>{\"name\": \"add\"", "no call")) {
            assertThat(ToolCallText.of(none)).isEqualTo(new ToolCallText(none, List.of()));
        }
    }
}
