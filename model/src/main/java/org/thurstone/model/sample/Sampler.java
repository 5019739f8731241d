package org.thurstone.model.sample;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.UserError;
import org.thurstone.model.Decoder;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.tensor.Workers;

/**
 * Samples completions from a policy, several at a time.
 *
 * <p>Prompts and slots are distributed over the {@link Workers}; each worker samples its own ({@link SamplingWorker}).
 *
 * <p>Each completion has its own stream of random numbers, split off in the order of prompts and completions. Which completions are sampled at the
 * same time therefore changes only the rounding of the policy's sums.
 *
 * @param policy the policy to sample from, or a {@link PolicyMixture} of several
 * @param endings tokens with which the policy ends a completion
 * @param slots completions at a time, at least 1; more are faster, but need more memory
 */
public record Sampler(Decoder policy, Sampling sampling, BitSet endings, Detokenizer words, int slots) {

    public Sampler {
        if (slots < 1) {
            throw new IllegalArgumentException("sampling needs at least one slot, not " + slots);
        }
    }

    public static Sampler of(Decoder policy, Tokenizer tokenizer, Sampling sampling, int slots) {
        return new Sampler(policy, sampling, tokenizer.endings(), tokenizer::continuation, slots);
    }

    /** Samples completions of every prompt, without a listener. */
    public List<Generations> sample(List<int[]> prompts, int n, SplittableGenerator random) {
        return sample(prompts, n, random, Listener.NONE);
    }

    /**
     * Samples completions of every prompt. A prompt that fills the model's context gets empty completions, and a warning.
     *
     * @param prompts tokens of each prompt, at least one
     * @param n completions per prompt, at least 1
     */
    public List<Generations> sample(List<int[]> prompts, int n, SplittableGenerator random, Listener listener) {
        if (n < 1) {
            throw new IllegalArgumentException("sampling needs at least one answer per prompt, not " + n);
        }
        CompletionCollector gathering = new CompletionCollector(prompts.size(), n, listener);
        int workers = Math.clamp(prompts.size(), 1, Math.min(Workers.count(), slots));
        List<Lane> lanes = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            lanes.add(new Lane(slots / workers + (w < slots % workers ? 1 : 0)));
        }
        for (int p = 0; p < prompts.size(); p++) {
            int[] prompt = prompts.get(p);
            int room = room(p, prompt, listener);
            PromptRequest request = new PromptRequest(prompt, sampling, 0, gathering.of(p), new AtomicBoolean());
            for (int a = 0; a < n; a++) {
                ActiveCompletion answer = new ActiveCompletion(request, a, random.split(), room);
                if (room > 0) {
                    request.waiting.add(answer);
                } else {
                    request.listener.finished(a, ActiveCompletion.NOTHING);
                }
            }
            lanes.get(p % workers).add(request, room);
        }
        Workers.each(lanes, lane -> lane.run(gathering));
        return gathering.answers();
    }

    /** The prompts of one worker. */
    private final class Lane {
        private final int slots;
        private final Backlog backlog = new Backlog(1, false);
        private int capacity = 1;

        Lane(int slots) {
            this.slots = slots;
        }

        void add(PromptRequest request, int room) {
            if (room > 0) {
                capacity = Math.max(capacity, request.prompt.length + room);
                backlog.add(request, Integer.MAX_VALUE);
            }
        }

        void run(CompletionCollector gathering) {
            new SamplingWorker(policy, endings, words, slots, capacity, backlog, gathering::drew).run();
        }
    }

    /** The maximum number of tokens of a completion of the prompt. */
    private int room(int p, int[] prompt, Listener listener) {
        if (prompt.length == 0) {
            throw new UserError("prompt " + p
                    + " has no tokens: it is empty, or the chat template writes nothing for it, and the tokenizer begins no text with"
                    + " a token of its own");
        }
        if (prompt.length >= policy.context()) {
            listener.warn("prompt " + p + " has " + prompt.length
                    + " tokens and leaves no room for an answer in a context of " + policy.context()
                    + ": its answers are empty");
        }
        return Math.clamp(policy.context() - prompt.length, 0, sampling.maxTokens());
    }
}
