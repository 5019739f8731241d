package org.thurstone.loop;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.evaluation.Evaluation;

/**
 * A world of policies of one kind: checkpoints of a language model, weights of a log-linear policy, tables. The loop knows policies through
 * this interface only.
 *
 * @param <P> a policy; how it is kept between stages is said by the {@link Output} of whoever makes it
 */
public interface World<P> {

    /**
     * Prompts to be answered; their ids are unique within one call.
     *
     * @param used how many have been asked for before, for worlds with a fixed set: each is used once before any is used twice
     * @param start the policy that the run started from, for worlds whose prompts are its own words
     */
    List<Prompt> prompts(long used, int count, P start, SplittableGenerator random);

    /**
     * Completions of a policy, in the order of prompts.
     *
     * @param samples per prompt, at least 1
     */
    List<Completions> propose(P policy, List<Prompt> prompts, int samples, SplittableGenerator random);

    /** log π(left) − log π(right) of each pair, in nats. */
    double[] differences(P policy, List<CandidatePair> pairs);

    /**
     * What a policy does on the held-out prompts.
     *
     * @param start what the divergence is measured to; empty for the start itself
     */
    Evaluation evaluate(P policy, Optional<P> start, SplittableGenerator random);

    /** Whether a correct completion also has a correct derivation; empty where the world cannot tell. */
    default Optional<Boolean> sound(Prompt prompt, Completion completion) {
        return Optional.empty();
    }
}
