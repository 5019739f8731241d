package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.thurstone.data.Ranking;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.pairing.Pairing;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.loop.World;

/**
 * Selects the candidate pairs to label, within the iteration's budget. Abstentions do not count against the budget: the
 * number of pairs without an answer is added to the next iteration's budget.
 *
 * @param candidates where the pairs come from
 * @param budgets pairs per iteration
 * @param <P> a policy
 */
public record SelectPairs<P>(
        World<P> world,
        Candidates<P> candidates,
        Acquisition acquisition,
        MarginReference margin,
        List<Integer> budgets)
        implements Stage<P, Selection> {

    public SelectPairs {
        budgets = List.copyOf(budgets);
    }

    /**
     * Selects from pairs of sampled completions.
     *
     * @param rated whether a judge has rated them; without one pairs are random
     */
    public SelectPairs(
            World<P> world,
            boolean rated,
            Pairing pairing,
            Acquisition acquisition,
            MarginReference margin,
            List<Integer> budgets) {
        this(world, rated ? Candidates.rated(pairing) : Candidates.unrated(pairing), acquisition, margin, budgets);
    }

    @Override
    public Output<Selection> output() {
        return Outputs.SELECTION;
    }

    @Override
    public Selection run(Iteration<P> iteration, Supplier<Path> directory) {
        List<CandidatePair> from = candidates.of(iteration, iteration.random("pairing"));
        if (from.isEmpty()) {
            throw new UserError(
                    "no prompt has two completions to compare: the completions of each are the same or have the"
                            + " same score; sample more of them, at a higher temperature, or choose another pairing");
        }
        List<CandidatePair> chosen = acquisition.select(
                from,
                pairs -> margin.margins(iteration.iterates(), policy -> world.differences(policy, pairs)),
                budgets.get(iteration.number() - 1) + unanswered(iteration),
                iteration.random("acquisition"));
        return new Selection(chosen, from.size(), lucky(iteration));
    }

    /** Pairs of earlier iterations that have no answer and have not been replaced since. */
    private int unanswered(Iteration<P> iteration) {
        return iteration
                .previous()
                .map(before -> before.get(Outputs.SELECTION).pairs().size()
                        - before.get(Outputs.COMPARISONS).size())
                .map(missing -> Math.max(0, missing))
                .orElse(0);
    }

    private OptionalDouble lucky(Iteration<P> iteration) {
        int correct = 0;
        int unsound = 0;
        for (Ranking ranking : iteration.find(Outputs.RATINGS).orElse(List.of())) {
            List<Double> values = ranking.values().orElseThrow();
            for (int i = 0; i < values.size(); i++) {
                Optional<Boolean> sound = values.get(i) >= 0.5
                        ? world.sound(ranking.prompt(), ranking.completions().get(i))
                        : Optional.empty();
                correct += sound.isPresent() ? 1 : 0;
                unsound += sound.isPresent() && !sound.get() ? 1 : 0;
            }
        }
        return correct == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) unsound / correct);
    }
}
