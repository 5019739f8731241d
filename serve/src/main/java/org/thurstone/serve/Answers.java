package org.thurstone.serve;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.thurstone.model.sample.AnswerListener;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.SampledToken;
import org.thurstone.model.sample.SamplingQueue;
import org.thurstone.model.sample.SamplingQueue.Ticket;

/**
 * The answers to the prompts of one request while they are sampled. Answer {@code i} to prompt {@code p} has the index {@code p · n + i}. Of a list of
 * prompts no more wait at a time than the queue takes.
 */
final class Answers implements AutoCloseable {

    private static final long POLL_MILLIS = 100;

    /** What happens to an answer. */
    sealed interface Event {
        int answer();

        record Token(int answer, SampledToken token) implements Event {}

        record Finished(int answer, Generation generation) implements Event {}

        record Failed(int answer, Throwable reason) implements Event {}
    }

    private final ServedModel model;
    private final SamplingFields fields;
    private final int top;
    private final ConnectionWatch watch;
    private final long deadline;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final Deque<Integer> later = new ArrayDeque<>();
    private final List<int[]> prompts;
    private int running;

    /**
     * Submits what the queue takes of the prompts.
     *
     * @throws ApiException with 429 if it takes none
     */
    Answers(
            ServedModel model,
            List<int[]> prompts,
            SamplingFields fields,
            int top,
            ConnectionWatch watch,
            Duration time) {
        this.model = model;
        this.fields = fields;
        this.top = top;
        this.watch = watch;
        this.prompts = List.copyOf(prompts);
        this.deadline = System.nanoTime() + time.toNanos();
        for (int p = 0; p < prompts.size(); p++) {
            later.add(p);
        }
        submit();
    }

    private void submit() {
        while (!later.isEmpty()) {
            int prompt = later.getFirst();
            Optional<Ticket> ticket = model.queue()
                    .submit(
                            new SamplingQueue.Request(prompts.get(prompt), fields.n(), fields.sampling(), top),
                            model.random(fields.seed()),
                            new Sink(prompt * fields.n()));
            if (ticket.isEmpty()) {
                if (running == 0) {
                    throw new ApiException(
                            429,
                            "rate_limit_error",
                            "",
                            "queue_full",
                            "too many answers are waiting already: try again later");
                }
                return;
            }
            tickets.add(ticket.get());
            running += fields.n();
            later.removeFirst();
        }
    }

    private final class Sink implements AnswerListener {
        private final int first;

        Sink(int first) {
            this.first = first;
        }

        @Override
        public void token(int answer, SampledToken token) {
            events.add(new Event.Token(first + answer, token));
        }

        @Override
        public void finished(int answer, Generation generation) {
            events.add(new Event.Finished(first + answer, generation));
        }

        @Override
        public void failed(int answer, Throwable reason) {
            events.add(new Event.Failed(first + answer, reason));
        }
    }

    /**
     * Waits for the next event.
     *
     * @return empty when all answers are finished
     * @throws ClientGone if the client has closed its connection
     * @throws ApiException if the time is over, or an answer failed
     */
    Optional<Event> next() {
        if (running == 0 && later.isEmpty()) {
            return Optional.empty();
        }
        @Nullable Event event;
        do {
            event = poll();
            if (watch.gone()) {
                throw new ClientGone();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ApiException(
                        504, "server_error", "", "timeout", "the answer took longer than the server's limit");
            }
        } while (event == null);
        switch (event) {
            case Event.Token token -> {}
            case Event.Finished finished -> {
                running--;
                submit();
            }
            case Event.Failed failed ->
                throw failed.reason() instanceof CancellationException
                        ? ApiException.closing()
                        : ApiException.failed(failed.reason());
        }
        return Optional.of(event);
    }

    private @Nullable Event poll() {
        try {
            return events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.closing();
        }
    }

    /** Ends what is not finished. */
    @Override
    public void close() {
        tickets.forEach(Ticket::cancel);
    }
}
