package org.thurstone.endpoint;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentError;
import org.thurstone.elicit.respondent.Time;
import org.thurstone.endpoint.ChatClient.Outcome;

/**
 * Answers questions by calls to a chat model. The first question is asked alone, so that a wrong address costs one call; the others are asked several at
 * a time, on virtual threads.
 *
 * <p>Its identity covers all that is sent: the address, and the whole request for a sample question of each form.
 */
public final class ChatRespondent implements Respondent {

    /** The pause before the second attempt; it doubles with each further one. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Tokens that a reply is taken to have if nothing bounds it and the server does not count. */
    private static final int UNBOUNDED = 1024;

    /** A request has so many bytes and tokens besides its texts at most. */
    private static final int FRAME = 256;

    /** A tokenizer makes no fewer tokens than there are words, so a server that counts far fewer has not read them all. */
    private static final double READ = 0.75;

    private static final int FEW_WORDS = 100;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern THINKING = Pattern.compile("\\A\\s*<think>.*?</think>\\s*", Pattern.DOTALL);

    private final Chat chat;
    private final ChatClient client;
    private final Prices.Price price;
    private final Time time;
    private final Consumer<String> notices;
    private final Pace pace;
    private final Identity identity;
    private final AtomicReference<@Nullable String> answeredBy = new AtomicReference<>();
    private volatile boolean begun;

    ChatRespondent(Chat chat, ChatClient client, Prices.Price price, Time time, Consumer<String> notices) {
        this.chat = chat;
        this.client = client;
        this.price = price;
        this.time = time;
        this.notices = notices;
        this.pace = new Pace(time);
        this.identity = Identity.hashed(chat.title(), settings());
    }

    /** All that answers depend on. */
    private String settings() {
        Prompt prompt = new Prompt("sample", Text.raw("prompt"));
        List<Question> samples = List.of(
                Question.write(prompt, "0"),
                Question.pair(prompt, Completion.raw("one"), Completion.raw("two")),
                Question.rate(prompt, Completion.raw("one")));
        StringBuilder all = new StringBuilder("strip-thinking=" + chat.stripThinking());
        for (Question sample : samples) {
            Presentation shown = Presentation.of(sample);
            all.append('\n').append(client.preview(JudgeWords.request(chat, shown), seed(sample)));
        }
        return all.toString();
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Set<Question.Form> forms() {
        return EnumSet.of(Question.Form.PAIR, Question.Form.RATE, Question.Form.WRITE);
    }

    @Override
    public boolean costs() {
        return true;
    }

    @Override
    public boolean notesAttempts() {
        return true;
    }

    /** The i-th completion of a prompt has a seed of its own; a judge has the one that is set. */
    private OptionalInt seed(Question question) {
        if (chat.seed().isEmpty() || question.form() != Question.Form.WRITE) {
            return chat.seed();
        }
        String last = question.occasion().substring(question.occasion().lastIndexOf('/') + 1);
        int index = last.matches("\\d{1,6}") ? Integer.parseInt(last) : 0;
        return OptionalInt.of(chat.seed().getAsInt() + index);
    }

    /**
     * An estimate of what a call reads and writes, for a dry run: a token per four characters, and replies of the maximum length.
     */
    public Cost estimate(Question question) {
        long characters = texts(JudgeWords.request(chat, Presentation.of(question)))
                .mapToLong(String::length)
                .sum();
        return price.atMost((characters + 3) / 4, written());
    }

    private long written() {
        return chat.maxTokens().orElse(chat.maxCompletionTokens().orElse(UNBOUNDED));
    }

    /** The most that a call can cost: no token is shorter than a byte. */
    private Cost most(ChatRequest request) {
        long bytes = texts(request)
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        return price.atMost(bytes + FRAME + 8L * request.messages().size(), written());
    }

    private static java.util.stream.Stream<String> texts(ChatRequest request) {
        return request.messages().stream().map(ChatRespondent::text);
    }

    private static String text(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> system.text();
            case UserMessage user -> user.singleText();
            case dev.langchain4j.data.message.AiMessage ai ->
                Optional.ofNullable(ai.text()).orElse("");
            default -> "";
        };
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        Budget budget = new Budget(chat.cap(), elicitation.spent(this), elicitation.attempts(this));
        Queue<Presentation> open = new ConcurrentLinkedQueue<>(asked);
        AtomicReference<@Nullable String> stop = new AtomicReference<>();
        Work work = new Work(elicitation, budget, stop);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                if (!begun) {
                    workers.submit(() -> work.next(open)).get();
                    begun = true;
                }
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < Math.min(chat.parallel(), open.size()); i++) {
                    running.add(workers.submit(() -> {
                        while (stop.get() == null && !Thread.currentThread().isInterrupted() && work.next(open)) {
                            // until there is none left
                        }
                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw new RespondentError("interrupted while it waited for an answer", e);
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("a call failed", e.getCause());
            }
        }
        String reason = stop.get();
        if (reason != null) {
            throw new UserError(reason);
        }
    }

    /** The questions of one call of {@link #ask}. */
    private final class Work {
        private final Elicitation elicitation;
        private final Budget budget;
        private final AtomicReference<@Nullable String> stop;

        Work(Elicitation elicitation, Budget budget, AtomicReference<@Nullable String> stop) {
            this.elicitation = elicitation;
            this.budget = budget;
            this.stop = stop;
        }

        /** @return whether there was a question */
        boolean next(Queue<Presentation> open) {
            Presentation p = open.poll();
            if (p == null) {
                return false;
            }
            try {
                answer(p);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        private void answer(Presentation p) throws InterruptedException {
            ChatRequest request = JudgeWords.request(chat, p);
            Cost most = most(request);
            RandomGenerator random = elicitation.random(p);
            String complaint = "";
            String by = "";
            for (int attempt = 1; attempt <= chat.attempts() && stop.get() == null; attempt++) {
                pace.await();
                if (stop.get() != null || Thread.currentThread().isInterrupted()) {
                    return;
                }
                Optional<String> capped = budget.reserve(most);
                if (capped.isPresent()) {
                    elicitation.fail(p, capped.get());
                    return;
                }
                elicitation.attempt(p, most);
                Outcome outcome = client.call(request, seed(p.question()));
                if (outcome instanceof Outcome.Interrupted) {
                    throw new InterruptedException();
                }
                Cost cost = cost(outcome, most);
                budget.settle(most, cost);
                complaint = "";
                switch (outcome) {
                    case Outcome.Complete(Reply reply, Optional<Duration> pause) -> {
                        pause.map(ChatRespondent.this::bounded).ifPresent(pace::holdFor);
                        by = reply.answeredBy(chat.model());
                        noteModel(by);
                        Optional<String> cut = cutPrompt(request, reply);
                        if (cut.isPresent()) {
                            elicitation.fail(p, cut.get(), cost);
                            stop.compareAndSet(null, cut.get());
                            return;
                        }
                        complaint = take(p, reply, by, cost);
                        if (complaint.isEmpty()) {
                            return;
                        }
                        elicitation.fail(p, complaint, cost);
                    }
                    case Outcome.Refused(String reason, Optional<Duration> pause) -> {
                        elicitation.fail(p, reason, cost);
                        if (pause.isPresent()) {
                            pace.holdFor(pause.get());
                        } else if (attempt < chat.attempts()) {
                            pause(attempt, random);
                        }
                    }
                    case Outcome.Unreached(String reason) -> {
                        elicitation.fail(p, reason, cost);
                        if (attempt < chat.attempts()) {
                            pause(attempt, random);
                        } else {
                            stop.compareAndSet(null, reason);
                        }
                    }
                    case Outcome.Lost(String reason) -> {
                        elicitation.fail(p, reason, cost);
                        if (attempt < chat.attempts()) {
                            pause(attempt, random);
                        }
                    }
                    case Outcome.Rejected(String reason) -> {
                        elicitation.fail(p, reason, cost);
                        return;
                    }
                    case Outcome.Stopped(String reason) -> {
                        elicitation.fail(p, reason, cost);
                        stop.compareAndSet(null, reason);
                        return;
                    }
                    case Outcome.Interrupted() -> throw new InterruptedException();
                }
            }
            if (!complaint.isEmpty()) {
                // All attempts had a whole reply, the last one too: this model gives no judgement here.
                elicitation.answer(
                        p, new Judgement.Abstained(complaint), Provenance.by(by), Optional.empty(), Cost.NONE);
            }
        }

        private void pause(int attempt, RandomGenerator random) {
            // The jitter keeps calls that were refused together from coming back together.
            double millis =
                    (double) PAUSE.multipliedBy(1L << Math.min(10, attempt - 1)).toMillis()
                            * (0.75 + random.nextDouble() / 2);
            time.sleep(bounded(Duration.ofMillis(Math.round(millis))));
        }

        /** Answers with a reply. @return what is wrong with it; empty if it is an answer */
        private String take(Presentation p, Reply reply, String by, Cost cost) {
            Question.Form form = p.question().form();
            if (reply.finish() == Reply.Finish.REFUSED) {
                abstain(p, "refused: " + reply.refusal().orElse("no reason given"), by, cost);
                return "";
            }
            if (reply.finish() == Reply.Finish.TOOL_CALLS) {
                return "the reply calls a tool, and none was offered";
            }
            String words = chat.stripThinking() ? THINKING.matcher(reply.text()).replaceFirst("") : reply.text();
            boolean unfinished = chat.stripThinking() && words.stripLeading().startsWith("<think>");
            if (reply.finish() == Reply.Finish.LENGTH && (words.isBlank() || unfinished)) {
                abstain(
                        p,
                        reply.reasoned() || unfinished ? "cut while reasoning" : "cut before a word was written",
                        by,
                        cost);
                return "";
            }
            if (form == Question.Form.WRITE) {
                Text text = p.question().prompt().text() instanceof Text.Chat ? Text.answer(words) : Text.raw(words);
                Completion completion = new Completion(text, reply.finish() != Reply.Finish.LENGTH);
                elicitation.answer(p, new Judgement.Written(completion), Provenance.by(by), Optional.empty(), cost);
                return "";
            }
            if (reply.finish() == Reply.Finish.LENGTH) {
                abstain(p, "the reply was cut at the limit of tokens", by, cost);
                return "";
            }
            JudgeWords.Parsed parsed = JudgeWords.parsed(form, words);
            if (parsed.judgement().isEmpty()) {
                return parsed.complaint();
            }
            elicitation.answer(p, parsed.judgement().get(), Provenance.by(by), parsed.reason(), cost);
            return "";
        }

        private void abstain(Presentation p, String reason, String by, Cost cost) {
            elicitation.answer(p, new Judgement.Abstained(reason), Provenance.by(by), Optional.empty(), cost);
        }
    }

    /** What a call cost: nothing if it was refused, all that was reserved if nothing is known. */
    private Cost cost(Outcome outcome, Cost most) {
        return switch (outcome) {
            case Outcome.Complete(Reply reply, Optional<Duration> pause) ->
                reply.usage().map(price::of).orElse(most);
            case Outcome.Lost lost -> most;
            default -> Cost.NONE;
        };
    }

    private static Optional<String> cutPrompt(ChatRequest request, Reply reply) {
        if (reply.usage().isEmpty()) {
            return Optional.empty();
        }
        long words = texts(request)
                .mapToLong(text -> WORD.matcher(text).results().count())
                .sum();
        long read = reply.usage().get().prompt();
        return words >= FEW_WORDS && read > 0 && read < READ * words
                ? Optional.of(
                        "the server cut the prompt: it has %d words, and %d tokens were read; raise the context (`context` with endpoint: ollama)"
                                .formatted(words, read))
                : Optional.empty();
    }

    private Duration bounded(Duration pause) {
        return pause.compareTo(chat.longestWait()) < 0 ? pause : chat.longestWait();
    }

    private void noteModel(String by) {
        String before = answeredBy.getAndSet(by);
        if (before != null && !before.equals(by)) {
            notices.accept("warning: " + chat.title() + " answered as " + before + ", and now as " + by);
        }
    }
}
