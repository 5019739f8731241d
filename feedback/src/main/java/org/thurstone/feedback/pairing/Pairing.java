package org.thurstone.feedback.pairing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;

/** Forms candidate pairs from the completions of a prompt. */
@FunctionalInterface
public interface Pairing {

    /** Candidate pairs, each at most once and never of identical texts; empty where the completions allow none. */
    List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random);

    /** Whether it pairs completions that no judge has scored, which then all have score 0. */
    default boolean worksWithoutScores() {
        return false;
    }
}
