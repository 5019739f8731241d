package org.thurstone.endpoint.local;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.sample.AnswerListener;
import org.thurstone.model.sample.AnswerText;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.SampledToken;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.sample.SamplingQueue;
import org.thurstone.model.text.ToolCallText;

/**
 * A policy as LangChain4j's {@link ChatModel} and {@link StreamingChatModel}. Requests that come at the same time are sampled together.
 *
 * <pre>{@code
 * try (LocalChat model = LocalChat.open(ModelDirectory.of(path, LoadOptions.DEFAULT), Sampling.of(0.7, 200), 1)) {
 *     Assistant assistant = AiServices.create(Assistant.class, model.chat());
 * }
 * }</pre>
 *
 * <p>Of a request's parameters, temperature, top-k, top-p, the maximum number of tokens, stop sequences and tools are used, and tools only if the
 * model's chat template writes them; the others are refused by name.
 */
public final class LocalChat implements AutoCloseable {

    private static final int SLOTS = 16;
    private static final int WAITING = 256;

    private final LanguageModel model;
    private final String name;
    private final Sampling defaults;
    private final SamplingQueue queue;
    private final SplittableGenerator random;

    /**
     * @param model is closed with this
     * @param name that answers are said to be from
     * @param defaults for what a request does not set
     * @param random gives each request a stream of its own, in the order in which requests come
     */
    public LocalChat(LanguageModel model, String name, Sampling defaults, SplittableGenerator random) {
        this.model = model;
        this.name = name;
        this.defaults = defaults;
        this.random = random;
        this.queue = SamplingQueue.of(model.policy(), model.tokenizer(), SLOTS, WAITING);
    }

    /**
     * Loads a model.
     *
     * @throws org.thurstone.data.UserError if it cannot be loaded
     */
    public static LocalChat open(ModelDirectory directory, Sampling defaults, SplittableGenerator random) {
        return new LocalChat(directory.model(), directory.name(), defaults, random);
    }

    /** The model for callers that wait for whole answers. */
    public ChatModel chat() {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return answer(request, part -> {});
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return parameters();
            }
        };
    }

    /** The model for callers that take answers token by token; they are called on a thread of their own for each answer. */
    public StreamingChatModel streaming() {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                Thread.ofVirtual().name("answers " + name).start(() -> stream(request, handler));
            }

            @Override
            public ChatRequestParameters defaultRequestParameters() {
                return parameters();
            }
        };
    }

    private void stream(ChatRequest request, StreamingChatResponseHandler handler) {
        try {
            ChatResponse response = answer(request, handler::onPartialResponse);
            List<ToolExecutionRequest> calls = response.aiMessage().toolExecutionRequests();
            for (int i = 0; i < calls.size(); i++) {
                handler.onCompleteToolCall(new CompleteToolCall(i, calls.get(i)));
            }
            handler.onCompleteResponse(response);
        } catch (RuntimeException e) {
            handler.onError(e);
        }
    }

    private ChatRequestParameters parameters() {
        return ChatRequestParameters.builder().modelName(name).build();
    }

    /** What is heard of an answer. */
    private sealed interface Event {
        record Token(SampledToken token) implements Event {}

        record Finished(Generation generation) implements Event {}

        record Failed(Throwable reason) implements Event {}
    }

    private ChatResponse answer(ChatRequest request, Consumer<String> parts) {
        RequestReader reader = new RequestReader(model.chat(), defaults);
        Sampling sampling = reader.sampling(request.parameters());
        Text.Chat conversation = reader.conversation(request);
        boolean tools = conversation.arguments().containsKey("tools");
        int[] prompt = model.encoding().prompt(new Prompt("request", conversation));
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        SamplingQueue.Ticket ticket = submit(new SamplingQueue.Request(prompt, 1, sampling, 0), events);
        AnswerText text = new AnswerText(model.tokenizer(), sampling.stopStrings(), tools ? ToolCallText.MARK : "");
        try {
            while (true) {
                switch (events.take()) {
                    case Event.Token(SampledToken token) -> say(text.add(token), parts);
                    case Event.Failed(Throwable reason) ->
                        throw new InternalServerException("the model did not answer: "
                                + Optional.ofNullable(reason.getMessage()).orElse(reason.toString()));
                    case Event.Finished(Generation generation) -> {
                        ToolCallText calls = tools
                                ? ToolCallText.of(generation.text())
                                : new ToolCallText(generation.text(), List.of());
                        say(text.end(calls.content()), parts);
                        return response(prompt.length, generation, calls);
                    }
                }
            }
        } catch (InterruptedException e) {
            ticket.cancel();
            Thread.currentThread().interrupt();
            throw new InternalServerException("interrupted while the model answered");
        } catch (RuntimeException e) {
            ticket.cancel(); // a caller that throws takes no more
            throw e;
        }
    }

    private static void say(String part, Consumer<String> parts) {
        if (!part.isEmpty()) {
            parts.accept(part);
        }
    }

    private SamplingQueue.Ticket submit(SamplingQueue.Request request, LinkedBlockingQueue<Event> events) {
        AnswerListener listener = new AnswerListener() {
            @Override
            public void token(int answer, SampledToken token) {
                events.add(new Event.Token(token));
            }

            @Override
            public void finished(int answer, Generation generation) {
                events.add(new Event.Finished(generation));
            }

            @Override
            public void failed(int answer, Throwable reason) {
                events.add(new Event.Failed(reason));
            }
        };
        try {
            SplittableGenerator mine;
            synchronized (random) {
                mine = random.split();
            }
            return queue.submit(request, mine, listener)
                    .orElseThrow(() -> new RateLimitException("too many requests wait for the model"));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static ToolExecutionRequest called(int index, ToolCallText.Call call) {
        return ToolExecutionRequest.builder()
                .id("call_" + (index + 1))
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }

    private ChatResponse response(int prompt, Generation generation, ToolCallText calls) {
        AiMessage.Builder message = AiMessage.builder();
        if (!calls.content().isEmpty() || calls.calls().isEmpty()) {
            message.text(calls.content());
        }
        if (!calls.calls().isEmpty()) {
            message.toolExecutionRequests(IntStream.range(0, calls.calls().size())
                    .mapToObj(i -> called(i, calls.calls().get(i)))
                    .toList());
        }
        FinishReason finish = !calls.calls().isEmpty()
                ? FinishReason.TOOL_EXECUTION
                : generation.finish() == Generation.Finish.LENGTH ? FinishReason.LENGTH : FinishReason.STOP;
        return ChatResponse.builder()
                .aiMessage(message.build())
                .modelName(name)
                .tokenUsage(new TokenUsage(prompt, generation.tokens().length))
                .finishReason(finish)
                .build();
    }

    @Override
    public void close() {
        queue.close();
        model.close();
    }
}
