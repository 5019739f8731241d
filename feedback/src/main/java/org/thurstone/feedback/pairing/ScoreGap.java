package org.thurstone.feedback.pairing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * All pairs whose scores are far enough apart, as in RS-DPO: σ(gap/τ) > η. Any number of pairs per prompt; none if all scores are equal.
 * Deterministic. arXiv:2402.10038; η = 0.85 and τ = 1 there, which is a gap of more than 1.73.
 *
 * @param threshold η in [0.5, 1)
 * @param temperature τ above 0, in the judge's unit
 */
@Method(
        name = "score-gap",
        kind = "pairing",
        papers = "2402.10038",
        source = "arXiv:2402.10038",
        summary = "all pairs with a minimum gap of scores")
public record ScoreGap(
        @Default("0.85") double threshold, @Default("1") double temperature) implements Pairing {

    public ScoreGap {
        if (!(threshold >= 0.5 && threshold < 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " must be in [0.5, 1)");
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " must be a finite number above 0");
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        double least = temperature * Math.log(threshold / (1 - threshold));
        return new AllPairs(false)
                .pairs(scored, random).stream()
                        .filter(pair -> pair.gap().orElseThrow() > least)
                        .toList();
    }
}
