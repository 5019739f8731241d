package org.thurstone.feedback.pairing;

import java.util.List;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.Shuffle;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Different pairs drawn uniformly, without replacement, from those of {@link AllPairs}.
 *
 * @param count pairs per prompt, at least 1; fewer if there are fewer
 * @param ties whether completions with equal scores may be paired, for annotators that can compare them
 */
@Method(name = "random", kind = "pairing", summary = "different pairs drawn uniformly")
public record RandomPairs(
        @Default("1") int count, @Default("true") boolean ties) implements Pairing {

    public RandomPairs {
        if (count < 1) {
            throw new IllegalArgumentException("count " + count + " must be at least 1");
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        List<CandidatePair> shuffled = Shuffle.of(new AllPairs(ties).pairs(scored, random), random);
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }

    @Override
    public boolean worksWithoutScores() {
        return ties;
    }
}
