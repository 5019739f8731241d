package org.thurstone.feedback.pairing;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.Shuffle;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * The highest score of all against the lowest of a few drawn at random: the rejected completion is a poor one but not an outlier, for any number of
 * samples. No pair if the scores are equal. arXiv:2502.16825, its rule for growing numbers of samples.
 *
 * @param few number of samples of which the rejected one is the lowest, at least 1; 5 in the paper
 */
@Method(
        name = "best-worst-of-few",
        kind = "pairing",
        papers = "2502.16825",
        source = "arXiv:2502.16825",
        summary = "highest score of all against the lowest of a few")
public record BestWorstOfFew(@Default("5") int few) implements Pairing {

    public BestWorstOfFew {
        if (few < 1) {
            throw new IllegalArgumentException("few " + few + " must be at least 1");
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        ScoredCompletions distinct = scored.distinct();
        if (distinct.size() < 2) {
            return List.of();
        }
        List<Double> scores = distinct.scores();
        List<Integer> all = IntStream.range(0, distinct.size()).boxed().toList();
        int best = all.stream().max(Comparator.comparing(scores::get)).orElseThrow();
        int worst = Shuffle.of(all, random).stream()
                .limit(few)
                .min(Comparator.comparing(scores::get))
                .orElseThrow();
        return scores.get(best) > scores.get(worst) ? List.of(distinct.pair(best, worst)) : List.of();
    }
}
