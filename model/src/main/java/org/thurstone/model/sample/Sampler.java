package org.thurstone.model.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.Decoder;
import org.thurstone.model.Decoding;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * Draws answers from a policy, several at a time.
 *
 * <p>Every slot holds one answer. A slot that becomes free is given to the next waiting answer; answers to the same prompt start
 * together, so that the prompt is read once for all of them. So that single free slots do not make a prompt be read again for each of
 * its answers, a prompt waits until all of its answers fit, or a quarter of the slots is free.
 *
 * <p>Each answer draws from a stream of random numbers of its own, split off in the order of prompts and answers, so which answers run side
 * by side changes nothing but the rounding of the policy's sums.
 *
 * @param policy what is drawn from: a policy, or a {@link Blend} of several
 * @param endings tokens with which the policy ends an answer
 * @param slots answers at a time, at least 1; more are faster, and take more memory
 */
public record Sampler(Decoder policy, Sampling sampling, BitSet endings, Words words, int slots) {

    public Sampler {
        if (slots < 1) {
            throw new IllegalArgumentException("sampling needs at least one slot, not " + slots);
        }
    }

    public static Sampler of(Decoder policy, Tokenizer tokenizer, Sampling sampling, int slots) {
        return new Sampler(policy, sampling, tokenizer.endings(), tokenizer::continuation, slots);
    }

    /** Answers to every prompt, by prompt. */
    public List<Answers> sample(List<int[]> prompts, int n, SplittableGenerator random) {
        return sample(prompts, n, random, Listener.NONE);
    }

    /**
     * Answers to every prompt, by prompt. A prompt that fills the model's context gets empty answers, and a warning.
     *
     * @param prompts tokens of each prompt, at least one
     * @param n answers a prompt, at least 1
     */
    public List<Answers> sample(List<int[]> prompts, int n, SplittableGenerator random, Listener listener) {
        if (n < 1) {
            throw new IllegalArgumentException("sampling needs at least one answer a prompt, not " + n);
        }
        Run run = new Run(prompts, n, listener);
        for (int p = 0; p < prompts.size(); p++) {
            for (int a = 0; a < n; a++) {
                run.add(p, a, random.split());
            }
        }
        return run.finish();
    }

    /** One call of {@link #sample}. */
    private final class Run {
        private final List<int[]> prompts;
        private final int n;
        private final Listener listener;
        private final Deque<Running> waiting = new ArrayDeque<>();
        private final Deque<Integer> free = new ArrayDeque<>();
        private final Running[] bySlot = new Running[slots];
        private final Draw draw = new Draw(sampling);
        private final List<List<Generation>> done = new ArrayList<>();
        private final List<Answers> answers = new ArrayList<>();
        private final int[] missing;
        private int capacity = 1;
        private int finished;
        private long drawn;

        Run(List<int[]> prompts, int n, Listener listener) {
            this.prompts = prompts;
            this.n = n;
            this.listener = listener;
            this.missing = new int[prompts.size()];
            for (int slot = 0; slot < slots; slot++) {
                free.add(slot);
            }
            for (int p = 0; p < prompts.size(); p++) {
                int length = prompts.get(p).length;
                if (length == 0) {
                    throw new IllegalArgumentException("prompt " + p + " has no tokens");
                }
                if (length >= policy.context()) {
                    listener.warn("prompt " + p + " has " + length
                            + " tokens and leaves no room for an answer in a context of " + policy.context()
                            + ": its answers are empty");
                }
                missing[p] = n;
                done.add(new ArrayList<>());
                answers.add(new Answers(p, List.of()));
            }
        }

        void add(int p, int a, SplittableGenerator random) {
            int[] prompt = prompts.get(p);
            int room = Math.min(sampling.maxTokens(), policy.context() - prompt.length);
            Running answer = new Running(p, a, prompt, random, Math.max(room, 0));
            done.get(p).add(new Generation(new int[0], new float[0], Generation.Finish.LENGTH, ""));
            if (room > 0) {
                capacity = Math.max(capacity, prompt.length + room);
                waiting.add(answer);
            } else {
                end(answer, done.get(p).get(a));
            }
        }

        List<Answers> finish() {
            if (waiting.isEmpty()) {
                return answers;
            }
            try (Gradients off = Gradients.off();
                    Decoding decoding = policy.decode(slots, capacity)) {
                while (!waiting.isEmpty() || free.size() < slots) {
                    if (startable()) {
                        start(decoding);
                    }
                    if (free.size() < slots) {
                        step(decoding);
                    }
                    listener.progress(new Listener.Progress(finished, prompts.size() * n, drawn));
                }
            }
            return answers;
        }

        /** Whether it is time to read another prompt. */
        private boolean startable() {
            if (waiting.isEmpty() || free.isEmpty()) {
                return false;
            }
            int together = n - waiting.getFirst().answer;
            return free.size() >= Math.min(together, Math.max(1, slots / 4));
        }

        /** Reads as many prompts as there are slots for their answers, and draws the first token of each answer. */
        private void start(Decoding decoding) {
            List<int[]> read = new ArrayList<>();
            List<int[]> into = new ArrayList<>();
            List<Integer> started = new ArrayList<>();
            List<Integer> rows = new ArrayList<>();
            while (startable()) {
                int p = waiting.getFirst().prompt;
                List<Integer> group = new ArrayList<>();
                while (!waiting.isEmpty() && !free.isEmpty() && waiting.getFirst().prompt == p) {
                    int slot = free.removeFirst();
                    bySlot[slot] = waiting.removeFirst();
                    group.add(slot);
                    rows.add(read.size());
                }
                read.add(prompts.get(p));
                into.add(ints(group));
                started.addAll(group);
            }
            try (Scope scope = Scope.open()) {
                Tensor logits = decoding.start(read, into);
                extend(logits.indexSelect(0, Tensor.of(ints(rows)).to(logits.device())), ints(started));
            }
        }

        /** Appends each running answer's last token and draws the next. */
        private void step(Decoding decoding) {
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
                extend(decoding.step(active, last), active);
            }
        }

        private void extend(Tensor logits, int[] active) {
            double[] uniforms = new double[active.length];
            for (int i = 0; i < active.length; i++) {
                uniforms[i] = bySlot[active[i]].random.nextDouble();
            }
            Draw.Drawn next = draw.from(logits, uniforms);
            drawn += active.length;
            for (int i = 0; i < active.length; i++) {
                int slot = active[i];
                Running answer = bySlot[slot];
                Optional<Generation> ended =
                        answer.append(next.tokens()[i], next.logProbs()[i], sampling, endings, words);
                if (ended.isPresent()) {
                    bySlot[slot] = null;
                    free.add(slot);
                    end(answer, ended.get());
                }
            }
        }

        private void end(Running answer, Generation generation) {
            finished++;
            done.get(answer.prompt).set(answer.answer, generation);
            if (--missing[answer.prompt] == 0) {
                Answers all = new Answers(answer.prompt, done.get(answer.prompt));
                answers.set(answer.prompt, all);
                listener.finished(all);
            }
        }
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
