package org.thurstone.model.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.thurstone.model.Decoding;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * The slots of one worker, and the queue of completions.
 *
 * <p>Every slot holds one answer. A slot that becomes free is given to the next waiting answer; answers to the same prompt start
 * together, so that the prompt is read once for all of them. So that single free slots do not make a prompt be read again for each of
 * its answers, a prompt waits until all of its answers fit, or a quarter of the slots is free.
 */
final class SamplingWorker {

    private final Sampler sampler;
    private final int slots;
    private final int n;
    private final CompletionCollector gathering;
    private final Deque<ActiveCompletion> waiting = new ArrayDeque<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final ActiveCompletion[] bySlot;
    private final Draw draw;
    private int capacity = 1;

    /**
     * @param slots at least 1
     * @param n answers per prompt
     */
    SamplingWorker(Sampler sampler, int slots, int n, CompletionCollector gathering) {
        this.sampler = sampler;
        this.slots = slots;
        this.n = n;
        this.gathering = gathering;
        this.bySlot = new ActiveCompletion[slots];
        this.draw = new Draw(sampler.sampling());
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
    }

    /** An answer to wait; all of a prompt one after the other. */
    void add(ActiveCompletion answer) {
        if (answer.room() > 0) {
            capacity = Math.max(capacity, answer.promptTokens.length + answer.room());
            waiting.add(answer);
        } else {
            gathering.end(answer, ActiveCompletion.NOTHING);
        }
    }

    /** Draws all of them. */
    void run() {
        if (waiting.isEmpty()) {
            return;
        }
        try (Gradients off = Gradients.off();
                Decoding decoding = sampler.policy().decode(slots, capacity)) {
            while (!waiting.isEmpty() || free.size() < slots) {
                int tokens = startable() ? start(decoding) : 0;
                if (free.size() < slots) {
                    tokens += step(decoding);
                }
                gathering.drew(tokens);
            }
        }
    }

    /** Whether it is time to read another prompt. */
    private boolean startable() {
        if (waiting.isEmpty() || free.isEmpty()) {
            return false;
        }
        int together = n - waiting.getFirst().answer;
        return free.size() >= Math.min(together, Math.max(1, slots / 4));
    }

    /** Reads as many prompts as there are slots for their answers, and draws the first token of each answer. @return tokens drawn */
    private int start(Decoding decoding) {
        List<int[]> read = new ArrayList<>();
        List<int[]> into = new ArrayList<>();
        List<Integer> started = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        while (startable()) {
            ActiveCompletion first = waiting.getFirst();
            List<Integer> group = new ArrayList<>();
            while (!waiting.isEmpty() && !free.isEmpty() && waiting.getFirst().prompt == first.prompt) {
                int slot = free.removeFirst();
                bySlot[slot] = waiting.removeFirst();
                group.add(slot);
                rows.add(read.size());
            }
            read.add(first.promptTokens);
            into.add(ints(group));
            started.addAll(group);
        }
        try (Scope scope = Scope.open()) {
            Tensor logits = decoding.start(read, into);
            return extend(logits.indexSelect(0, Tensor.of(ints(rows)).to(logits.device())), ints(started));
        }
    }

    /** Appends each running answer's last token and draws the next. @return tokens drawn */
    private int step(Decoding decoding) {
        List<Integer> running = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            if (bySlot[slot] != null) {
                running.add(slot);
            }
        }
        int[] active = ints(running);
        int[] last = new int[active.length];
        for (int i = 0; i < active.length; i++) {
            last[i] = bySlot[active[i]].last();
        }
        try (Scope scope = Scope.open()) {
            return extend(decoding.step(active, last), active);
        }
    }

    private int extend(Tensor logits, int[] active) {
        double[] uniforms = new double[active.length];
        for (int i = 0; i < active.length; i++) {
            uniforms[i] = bySlot[active[i]].random.nextDouble();
        }
        Draw.Drawn next = draw.from(logits, uniforms);
        for (int i = 0; i < active.length; i++) {
            int slot = active[i];
            ActiveCompletion answer = bySlot[slot];
            Optional<Generation> ended = answer.append(
                    next.tokens()[i], next.logProbs()[i], sampler.sampling(), sampler.endings(), sampler.words());
            if (ended.isPresent()) {
                bySlot[slot] = null;
                free.add(slot);
                gathering.end(answer, ended.get());
            }
        }
        return active.length;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
