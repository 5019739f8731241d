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
 * A world: the environment of a loop, with policies of one kind, such as language-model checkpoints, log-linear weights or tables. The loop accesses
 * policies only through this interface.
 *
 * @param <P> a policy; how it is kept between stages is defined by the {@link Output} of the stage that makes it
 */
public interface World<P> {

    /**
     * Prompts to be answered; their ids are unique within one call.
     *
     * @param used number of prompts used before, for worlds with a fixed set: all are used once before any is used again
     * @param start the initial policy, for worlds that sample their prompts from it
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
     * Evaluates a policy on the held-out prompts.
     *
     * @param start the initial policy, from which the divergence is measured; empty for the initial policy itself
     */
    Evaluation evaluate(P policy, Optional<P> start, SplittableGenerator random);

    /** Whether a correct completion also has a correct derivation; empty if the world cannot check derivations. */
    default Optional<Boolean> sound(Prompt prompt, Completion completion) {
        return Optional.empty();
    }
}
