package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.Decoder;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.Torch;
import org.thurstone.tensor.Workers;

/**
 * Samples answers to requests that come and go, together with one another: what a {@link Sampler} does for a list of prompts, for a program that
 * gets its prompts one by one, such as a server. Requests are served in the order in which they came, as slots become free.
 *
 * <p>An answer depends on its prompt, its settings and its stream of random numbers, not on what is sampled at the same time; that changes only
 * the rounding of the policy's sums. A request gets the answers that {@link Sampler#sample} gives the same prompt with the same generator.
 *
 * <p>Methods may be called from several threads at once.
 */
public final class SamplingQueue implements AutoCloseable {

    /** The longest sequence that there is room for before a longer one comes. */
    private static final int FIRST_CAPACITY = 256;

    /**
     * What is asked.
     *
     * @param prompt its tokens, at least one, fewer than the policy's context
     * @param n answers, at least 1
     * @param top how many of the most likely tokens are reported with each token; 0 for none
     */
    public record Request(int[] prompt, int n, Sampling sampling, int top) {
        public Request {
            if (prompt.length == 0) {
                throw new IllegalArgumentException("a prompt without tokens");
            }
            if (n < 1) {
                throw new IllegalArgumentException("sampling needs at least one answer per prompt, not " + n);
            }
            if (top < 0) {
                throw new IllegalArgumentException("the " + top + " most likely tokens: use 0 or more");
            }
        }
    }

    /** A request that was taken. */
    @FunctionalInterface
    public interface Ticket {

        /**
         * Ends the request: its slots are free before the next token is drawn, and its listener hears no more of it, apart from a call that is
         * under way. Has no effect on a request that is finished.
         */
        void cancel();
    }

    private final Decoder policy;
    private final int slots;
    private final int bound;
    private final Backlog backlog;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong drawn = new AtomicLong();

    /**
     * @param policy open until the queue is closed; the queue does not close it
     * @param endings tokens with which the policy ends an answer
     * @param slots answers at a time, at least 1
     * @param bound answers that may wait when all slots are taken, at least 0
     */
    public SamplingQueue(Decoder policy, BitSet endings, Detokenizer words, int slots, int bound) {
        if (slots < 1 || bound < 0) {
            throw new IllegalArgumentException(
                    "a queue of " + slots + " slots in which " + bound + " answers may wait: use 1 slot or more");
        }
        this.policy = policy;
        this.slots = slots;
        this.bound = bound;
        int workers = Math.min(Workers.count(), slots);
        this.backlog = new Backlog(workers, true);
        int operationThreads = workers == 1 ? Torch.threads() : 1;
        for (int w = 0; w < workers; w++) {
            SamplingWorker worker = new SamplingWorker(
                    policy,
                    endings,
                    words,
                    slots / workers + (w < slots % workers ? 1 : 0),
                    Math.min(policy.context(), FIRST_CAPACITY),
                    backlog,
                    drawn::addAndGet);
            threads.add(Thread.ofPlatform().name("sampling-" + w).daemon().start(() -> {
                Torch.threads(operationThreads);
                serve(worker);
            }));
        }
    }

    public static SamplingQueue of(Decoder policy, Tokenizer tokenizer, int slots, int bound) {
        return new SamplingQueue(policy, tokenizer.endings(), tokenizer::continuation, slots, bound);
    }

    /**
     * Adds a request.
     *
     * @param random gives each answer a stream of its own, split off in order; used within this call only
     * @return empty if too many answers wait already, or the queue is closed
     * @throws IllegalArgumentException if the prompt leaves no room for an answer
     */
    public Optional<Ticket> submit(Request request, SplittableGenerator random, AnswerListener listener) {
        int room = Math.min(
                policy.context() - request.prompt.length, request.sampling().maxTokens());
        if (room < 1) {
            throw new IllegalArgumentException("the prompt has " + request.prompt.length
                    + " tokens and leaves no room for an answer in a context of " + policy.context());
        }
        AtomicBoolean cancelled = new AtomicBoolean();
        PromptRequest waiting = new PromptRequest(
                request.prompt, request.sampling, request.top, new Guarded(listener, cancelled), cancelled);
        for (int a = 0; a < request.n; a++) {
            waiting.waiting.add(new ActiveCompletion(waiting, a, random.split(), room));
        }
        return backlog.add(waiting, (int) Math.min(Integer.MAX_VALUE, (long) slots + bound))
                ? Optional.of(() -> cancel(waiting))
                : Optional.empty();
    }

    private void cancel(PromptRequest request) {
        request.cancelled.set(true);
        backlog.remove(request);
    }

    /** Answers that have a slot. */
    public int running() {
        return backlog.running();
    }

    /** Answers that wait for a slot. */
    public int waiting() {
        return backlog.waiting();
    }

    /** Tokens drawn so far, in all answers. */
    public long tokens() {
        return drawn.get();
    }

    /** Ends all requests: their answers fail with a {@link CancellationException}. Not to be called by a listener. */
    @Override
    public void close() {
        for (Backlog.Batch left : backlog.close()) {
            left.answers().forEach(a -> left.request().listener.failed(a.answer, SamplingWorker.closed()));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on after a fault that was not one of a request: those that it met fail. */
    private static void serve(SamplingWorker worker) {
        boolean ended = false;
        while (!ended) {
            try {
                worker.run();
                ended = true;
            } catch (RuntimeException | Error e) {
                worker.fail(e);
            }
        }
    }

    /**
     * A listener whose faults end its own request only.
     *
     * @param cancelled whether the listener is to hear no more
     */
    private record Guarded(AnswerListener listener, AtomicBoolean cancelled) implements AnswerListener {

        @Override
        public void token(int answer, SampledToken token) {
            guard(() -> listener.token(answer, token));
        }

        @Override
        public void finished(int answer, Generation generation) {
            guard(() -> listener.finished(answer, generation));
        }

        @Override
        public void failed(int answer, Throwable reason) {
            guard(() -> listener.failed(answer, reason));
        }

        private void guard(Runnable call) {
            if (cancelled.get()) {
                return;
            }
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                cancelled.set(true);
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}
