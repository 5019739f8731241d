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
 * Statistical rejection sampling (RSO): of many samples of a policy it keeps a few that are distributed like the policy that would be optimal for
 * the scores, π·e^(score/β), and pairs those. A pass goes over what is left in random order and accepts each with probability
 * e^((score − highest left)/β); passes go on until enough are kept. With many more samples than are kept they follow the target; with few
 * they are the best ones, since what was taken is not there any more. Equal scores are not paired. arXiv:2309.06657,
 * algorithm 1; 8 of 64 there, β = 0.5.
 *
 * @param beta β above 0, in the judge's unit: towards 0 the best are kept, towards infinity any
 * @param keep how many samples are kept, at least 2; all where there are not so many
 * @param all whether every two of those kept are paired; otherwise each is in one pair at most, drawn at random
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
