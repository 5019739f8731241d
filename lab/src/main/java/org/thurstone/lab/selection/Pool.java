package org.thurstone.lab.selection;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.data.Comparison;
import org.thurstone.feedback.CandidatePair;

/**
 * Where pairs are to be had, and a policy that learns from labels on them.
 *
 * @param <P> what is known of a policy
 */
public interface Pool<P> {

    /** Pairs that somebody could be asked about; where answers are sampled, they are this policy's. */
    List<CandidatePair> candidates(P policy, RandomGenerator random);

    /** log π(left) − log π(right) of each pair, in nats. */
    double[] differences(P policy, List<CandidatePair> pairs);

    /** What a policy becomes by learning from comparisons, a reference beside it. */
    P learned(P policy, P reference, List<Comparison> comparisons);
}
