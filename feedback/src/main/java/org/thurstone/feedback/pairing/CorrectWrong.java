package org.thurstone.feedback.pairing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.Shuffle;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Correct against incorrect completions, as in iterative reasoning preference optimisation (arXiv:2404.19733): both are taken in random order, so
 * that as many different completions as possible are used.
 *
 * @param maxPairs maximum number of pairs per prompt, at least 1; 10 in the paper
 * @param reuse whether completions of the smaller side are used again (each combination at most once); if not, every completion is in at most one
 *     pair
 * @param threshold minimum score of a correct completion, in the judge's unit; 0.5 for a verifier's 0 and 1
 */
@Method(
        name = "correct-wrong",
        kind = "pairing",
        papers = "2404.19733",
        source = "arXiv:2404.19733",
        summary = "correct against incorrect completions")
public record CorrectWrong(
        @Default("10") int maxPairs,
        @Default("true") boolean reuse,
        @Default("0.5") double threshold) implements Pairing {

    public CorrectWrong {
        if (maxPairs < 1) {
            throw new IllegalArgumentException("maxPairs " + maxPairs + " must be at least 1");
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold " + threshold + " must be a finite number");
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        ScoredCompletions distinct = scored.distinct();
        List<Integer> right = shuffled(distinct, true, random);
        List<Integer> wrong = shuffled(distinct, false, random);
        long possible = reuse ? (long) right.size() * wrong.size() : Math.min(right.size(), wrong.size());
        List<CandidatePair> pairs = new ArrayList<>();
        for (int k = 0; k < Math.min(maxPairs, possible); k++) {
            // Walked side by side, the combinations repeat after lcm(right, wrong) pairs; a step of one in `wrong`
            // starts a new lap.
            int lap = k / leastCommonMultiple(right.size(), wrong.size());
            pairs.add(distinct.pair(right.get(k % right.size()), wrong.get((k + lap) % wrong.size())));
        }
        return pairs;
    }

    private List<Integer> shuffled(ScoredCompletions distinct, boolean right, RandomGenerator random) {
        List<Integer> side = IntStream.range(0, distinct.size())
                .filter(i -> distinct.scores().get(i) >= threshold == right)
                .boxed()
                .toList();
        return Shuffle.of(side, random);
    }

    private static int leastCommonMultiple(int a, int b) {
        int x = a;
        int y = b;
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return a / x * b;
    }
}
