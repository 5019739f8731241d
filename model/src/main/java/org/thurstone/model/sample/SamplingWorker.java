package org.thurstone.model.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.UserError;
import org.thurstone.model.Decoder;
import org.thurstone.model.Decoding;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * The slots of one worker. Every slot holds one answer. A slot that becomes free is given to the next answer that waits in the {@link Backlog}.
 *
 * <p>What cannot be computed fails the answers that it was computed for, and no others. Whether the worker goes on is up to the listener: what it
 * throws ends the worker.
 */
final class SamplingWorker {

    /** Sampling settings whose draws are kept; more than are in use at a time. */
    private static final int SETTINGS = 64;

    private final Decoder policy;
    private final BitSet endings;
    private final Detokenizer words;
    private final int slots;
    private final Backlog backlog;
    private final IntConsumer drew;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final @Nullable ActiveCompletion[] bySlot;
    private final Map<Sampling, Draw> draws = new HashMap<>();
    private int capacity;
    private @Nullable Decoding decoding;

    /**
     * @param slots at least 1
     * @param capacity the longest sequence, prompt included, that there is room for at first
     * @param drew is told after each step how many tokens were drawn
     */
    SamplingWorker(
            Decoder policy,
            BitSet endings,
            Detokenizer words,
            int slots,
            int capacity,
            Backlog backlog,
            IntConsumer drew) {
        this.policy = policy;
        this.endings = endings;
        this.words = words;
        this.slots = slots;
        this.capacity = capacity;
        this.backlog = backlog;
        this.drew = drew;
        this.bySlot = new ActiveCompletion[slots];
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
    }

    /** Draws until no answers wait and none will come. */
    void run() {
        try (Gradients off = Gradients.off()) {
            while (busy() || backlog.await()) {
                drop();
                List<Backlog.Batch> starting = backlog.take(free.size(), slots);
                int tokens = starting.isEmpty() ? 0 : start(starting);
                if (busy()) {
                    tokens += step();
                }
                drew.accept(tokens);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Decoding session = decoding;
            decoding = null;
            if (session != null) {
                session.close();
            }
        }
    }

    /** Fails every answer that has a slot: {@link #run} ended before they did. */
    void fail(Throwable reason) {
        fail(running(), reason);
    }

    private boolean busy() {
        return free.size() < slots;
    }

    /** Frees the slots of answers that are not to be continued. */
    private void drop() {
        boolean closed = backlog.closed();
        for (int slot = 0; slot < slots; slot++) {
            ActiveCompletion answer = bySlot[slot];
            if (answer != null && answer.request.cancelled.get()) {
                release(slot);
            } else if (answer != null && closed) {
                release(slot);
                answer.request.listener.failed(answer.answer, closed());
            }
        }
    }

    static CancellationException closed() {
        return new CancellationException("sampling was stopped before the answer was finished");
    }

    private void release(int slot) {
        bySlot[slot] = null;
        free.add(slot);
        backlog.ended(1);
    }

    /** A session with room for sequences of so many tokens. */
    private Decoding reaching(int tokens) {
        if (tokens > capacity) {
            capacity = (int) Math.min(policy.context(), Math.max(tokens, 2L * capacity));
        }
        Decoding session = decoding;
        if (session == null) {
            session = policy.decode(slots, capacity);
            decoding = session;
        } else {
            session.grow(capacity);
        }
        return session;
    }

    /** Reads prompts, and draws the first token of each answer. @return tokens drawn */
    private int start(List<Backlog.Batch> starting) {
        List<int[]> read = new ArrayList<>();
        List<int[]> into = new ArrayList<>();
        List<Integer> started = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        int longest = 0;
        for (Backlog.Batch batch : starting) {
            List<Integer> group = new ArrayList<>();
            for (ActiveCompletion answer : batch.answers()) {
                int slot = free.removeFirst();
                bySlot[slot] = answer;
                group.add(slot);
                rows.add(read.size());
            }
            int[] prompt = batch.request().prompt;
            longest = Math.max(longest, prompt.length);
            read.add(prompt);
            into.add(ints(group));
            started.addAll(group);
        }
        int[] active = ints(started);
        try (Scope scope = Scope.open()) {
            Tensor logits;
            try {
                logits = reaching(longest).start(read, into);
            } catch (RuntimeException | Error e) {
                fail(active, e);
                return 0;
            }
            return extend(logits.indexSelect(0, Tensor.of(ints(rows)).to(logits.device())), active);
        }
    }

    /** Appends each running answer's last token and draws the next. @return tokens drawn */
    private int step() {
        int[] active = running();
        int[] last = new int[active.length];
        int longest = 0;
        for (int i = 0; i < active.length; i++) {
            last[i] = at(active[i]).last();
            longest = Math.max(longest, at(active[i]).reach());
        }
        try (Scope scope = Scope.open()) {
            Tensor logits;
            try {
                logits = reaching(longest).step(active, last);
            } catch (RuntimeException | Error e) {
                fail(active, e);
                return 0;
            }
            return extend(logits, active);
        }
    }

    /** Slots that hold an answer. */
    private int[] running() {
        return IntStream.range(0, slots).filter(slot -> bySlot[slot] != null).toArray();
    }

    private ActiveCompletion at(int slot) {
        ActiveCompletion answer = bySlot[slot];
        if (answer == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return answer;
    }

    private void fail(int[] active, Throwable reason) {
        for (int slot : active) {
            ActiveCompletion answer = at(slot);
            release(slot);
            answer.request.listener.failed(answer.answer, reason);
        }
    }

    /** Draws a token for each row, rows of like settings together. */
    private int extend(Tensor logits, int[] active) {
        Map<Sampling, List<Integer>> alike = new LinkedHashMap<>();
        for (int row = 0; row < active.length; row++) {
            alike.computeIfAbsent(at(active[row]).request.drawing, x -> new ArrayList<>())
                    .add(row);
        }
        List<List<SampledToken.Candidate>> top = top(logits, active);
        for (Map.Entry<Sampling, List<Integer>> group : alike.entrySet()) {
            int[] rows = ints(group.getValue());
            boolean all = alike.size() == 1;
            extend(group.getKey(), all ? logits : rows(logits, rows), active, rows, top);
        }
        return active.length;
    }

    private void extend(
            Sampling drawing, Tensor logits, int[] active, int[] rows, List<List<SampledToken.Candidate>> top) {
        double[] uniforms = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            uniforms[i] = at(active[rows[i]]).random.nextDouble();
        }
        if (draws.size() > SETTINGS) {
            draws.clear();
        }
        Draw draw = draws.computeIfAbsent(drawing, Draw::new);
        Draw.Drawn next;
        try {
            next = draw.from(logits, uniforms);
        } catch (UserError together) {
            apart(draw, logits, uniforms, active, rows, top);
            return;
        }
        for (int i = 0; i < rows.length; i++) {
            append(active[rows[i]], next.tokens()[i], next.logProbs()[i], top.get(rows[i]));
        }
    }

    /** Some row gives no distribution over tokens: the others go on without it. */
    private void apart(
            Draw draw,
            Tensor logits,
            double[] uniforms,
            int[] active,
            int[] rows,
            List<List<SampledToken.Candidate>> top) {
        for (int i = 0; i < rows.length; i++) {
            Draw.Drawn next;
            try {
                next = draw.from(logits.narrow(0, i, 1), new double[] {uniforms[i]});
            } catch (UserError e) {
                fail(new int[] {active[rows[i]]}, e);
                continue;
            }
            append(active[rows[i]], next.tokens()[0], next.logProbs()[0], top.get(rows[i]));
        }
    }

    private void append(int slot, int token, float logProb, List<SampledToken.Candidate> top) {
        ActiveCompletion answer = at(slot);
        PromptRequest request = answer.request;
        Optional<Generation> ended = answer.append(token, logProb, endings, words);
        ended.ifPresent(e -> release(slot));
        request.listener.token(
                answer.answer, new SampledToken(token, logProb, Candidates.with(top, request.top, token, logProb)));
        ended.ifPresent(e -> request.listener.finished(answer.answer, e));
    }

    /** For each row the most likely tokens, if its request asks for them. */
    private List<List<SampledToken.Candidate>> top(Tensor logits, int[] active) {
        List<List<SampledToken.Candidate>> top = new ArrayList<>();
        List<Integer> asked = new ArrayList<>();
        int most = 0;
        for (int row = 0; row < active.length; row++) {
            int count = at(active[row]).request.top;
            most = Math.max(most, count);
            top.add(List.of());
            if (count > 0) {
                asked.add(row);
            }
        }
        if (!asked.isEmpty()) {
            List<List<SampledToken.Candidate>> found = Candidates.of(rows(logits, ints(asked)), most);
            for (int i = 0; i < found.size(); i++) {
                top.set(asked.get(i), found.get(i));
            }
        }
        return top;
    }

    private static Tensor rows(Tensor logits, int[] rows) {
        return logits.indexSelect(0, Tensor.of(rows).to(logits.device()));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
