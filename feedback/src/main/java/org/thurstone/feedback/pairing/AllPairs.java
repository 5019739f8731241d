package org.thurstone.feedback.pairing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * All pairs of completions with different scores, in the order of sampling: up to n(n − 1)/2 pairs. Deterministic.
 *
 * @param ties whether completions with equal scores are paired too, for annotators that can compare them
 */
@Method(name = "all", kind = "pairing", summary = "all pairs with different scores")
public record AllPairs(@Default("false") boolean ties) implements Pairing {

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        ScoredCompletions distinct = scored.distinct();
        List<CandidatePair> pairs = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            for (int j = i + 1; j < distinct.size(); j++) {
                CandidatePair pair = distinct.pair(i, j);
                if (ties || pair.gap().orElse(0) != 0) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    @Override
    public boolean worksWithoutScores() {
        return ties;
    }
}
