package org.thurstone.feedback.pairing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.recipe.Method;

/** The highest score against the lowest; among equal scores, the first sampled. No pair if all scores are equal. Deterministic. */
@Method(name = "best-worst", kind = "pairing", summary = "highest score against lowest")
public record BestWorst() implements Pairing {

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        ScoredCompletions distinct = scored.distinct();
        if (distinct.size() < 2) {
            return List.of();
        }
        int best = 0;
        int worst = 0;
        List<Double> scores = distinct.scores();
        for (int i = 1; i < scores.size(); i++) {
            if (scores.get(i) > scores.get(best)) {
                best = i;
            }
            if (scores.get(i) < scores.get(worst)) {
                worst = i;
            }
        }
        return scores.get(best) > scores.get(worst) ? List.of(distinct.pair(best, worst)) : List.of();
    }
}
