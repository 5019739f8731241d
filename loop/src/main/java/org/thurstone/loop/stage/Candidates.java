package org.thurstone.loop.stage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.loop.Iteration;

/**
 * The source of an iteration's candidate pairs.
 *
 * @param <P> a policy
 */
@FunctionalInterface
public interface Candidates<P> {

    /** The candidate pairs of an iteration whose completions, if it has any, are sampled and rated. */
    List<CandidatePair> of(Iteration<P> iteration, RandomGenerator random);

    /** Completions that a judge has rated, paired. */
    static <P> Candidates<P> rated(Pairing pairing) {
        return (iteration, random) -> iteration.get(Outputs.RATINGS).stream()
                .map(Candidates::scored)
                .flatMap(scored -> pairing.pairs(scored, random).stream())
                .toList();
    }

    /** Completions without scores, paired. @throws UserError if the pairing needs scores */
    static <P> Candidates<P> unrated(Pairing pairing) {
        if (!pairing.worksWithoutScores()) {
            throw new UserError("the pairing " + pairing
                    + " chooses by scores, and no judge gives any: name a judge, or" + " take the pairing 'random'");
        }
        return (iteration, random) -> iteration.get(Outputs.COMPLETIONS).stream()
                .map(ScoredCompletions::unscored)
                .flatMap(all -> pairing.pairs(all, random).stream())
                .map(CandidatePair::withoutScores)
                .toList();
    }

    /** The same pairs in each iteration, for worlds whose completions are given. */
    static <P> Candidates<P> given(List<CandidatePair> pairs) {
        return (iteration, random) -> pairs;
    }

    /** The same without pairs that an earlier iteration has asked about. @throws UserError if none is left */
    default Candidates<P> unasked() {
        record PairKey(Prompt prompt, Set<Completion> completions) {
            static PairKey of(CandidatePair pair) {
                return new PairKey(pair.prompt(), Set.of(pair.left(), pair.right()));
            }
        }
        return (iteration, random) -> {
            Set<PairKey> asked = new HashSet<>();
            iteration
                    .before()
                    .forEach(earlier ->
                            earlier.get(Outputs.SELECTION).pairs().forEach(pair -> asked.add(PairKey.of(pair))));
            return of(iteration, random).stream()
                    .filter(pair -> !asked.contains(PairKey.of(pair)))
                    .toList();
        };
    }

    private static ScoredCompletions scored(Ranking ranking) {
        return new ScoredCompletions(
                ranking.prompt(), ranking.completions(), ranking.values().orElseThrow());
    }
}
