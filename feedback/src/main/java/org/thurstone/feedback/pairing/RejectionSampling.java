package org.thurstone.feedback.pairing;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.Shuffle;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Statistical rejection sampling (RSO): keeps a few of many samples, which then follow the optimal policy for the scores, π·e^(score/β), and pairs
 * those. Each pass goes over the remaining samples in random order and accepts each with probability e^((score − highest left)/β); passes are
 * repeated until enough are kept. If many more samples are drawn than kept, they follow the target; with few, they are the best ones, since sampling
 * is without replacement. Equal scores are not paired. arXiv:2309.06657, algorithm 1; 8 of 64 there, β = 0.5.
 *
 * @param beta β above 0, in the judge's unit: for β → 0 the best are kept, for large β random ones
 * @param keep number of samples to keep, at least 2; all if there are fewer
 * @param all whether all pairs of the kept samples are used; if not, each is in at most one random pair
 */
@Method(
        name = "rejection-sampling",
        kind = "pairing",
        papers = "2309.06657",
        source = "arXiv:2309.06657, algorithm 1",
        summary = "pairs of samples that follow the optimal policy")
public record RejectionSampling(
        @Default("0.5") double beta,
        @Default("8") int keep,
        @Default("false") boolean all) implements Pairing {

    public RejectionSampling {
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta " + beta + " must be a finite number above 0");
        }
        if (keep < 2) {
            throw new IllegalArgumentException("keep " + keep + " must be at least 2");
        }
    }

    @Override
    public List<CandidatePair> pairs(ScoredCompletions scored, RandomGenerator random) {
        List<Integer> kept = kept(scored.scores(), random);
        ScoredCompletions own = new ScoredCompletions(
                scored.prompt(),
                kept.stream().map(scored.completions()::get).toList(),
                kept.stream().map(scored.scores()::get).toList());
        if (all) {
            return new AllPairs(false).pairs(own, random);
        }
        // Equal texts cannot be compared; of several copies one is as good as the others.
        ScoredCompletions distinct = own.distinct();
        List<Integer> order =
                Shuffle.of(IntStream.range(0, distinct.size()).boxed().toList(), random);
        List<CandidatePair> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < order.size(); i += 2) {
            CandidatePair pair = distinct.pair(order.get(i), order.get(i + 1));
            if (pair.gap().orElseThrow() > 0) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    /** Places of the samples that are kept, in the order in which they were. */
    public List<Integer> kept(List<Double> scores, RandomGenerator random) {
        List<Integer> left = new ArrayList<>(
                Shuffle.of(IntStream.range(0, scores.size()).boxed().toList(), random));
        List<Integer> kept = new ArrayList<>();
        while (kept.size() < keep && !left.isEmpty()) {
            double highest = left.stream().mapToDouble(scores::get).max().orElseThrow();
            for (Iterator<Integer> places = left.iterator(); places.hasNext() && kept.size() < keep; ) {
                int place = places.next();
                if (random.nextDouble() < Math.exp((scores.get(place) - highest) / beta)) {
                    kept.add(place);
                    places.remove();
                }
            }
        }
        return kept;
    }
}
