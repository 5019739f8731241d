package org.thurstone.lab.selection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Provenance;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.acquisition.Acquisition;
import org.thurstone.feedback.acquisition.BudgetSplit;
import org.thurstone.feedback.annotator.Annotator;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.worlds.language.LoopRecipe.Reference;

/**
 * Iterations of candidates, choice, labels and learning, as {@code thurstone run} makes them of language models; each begins with the policy of
 * the one before.
 *
 * @param labels over all iterations
 * @param margin what margins are taken against; the start has no margin against itself, and its raw log-probabilities serve
 * @param reference what the loss holds on to
 * @param memory whether an iteration learns from earlier labels too; {@code thurstone run} has none
 */
public record Asking(
        Acquisition acquisition,
        int labels,
        BudgetSplit split,
        int iterations,
        MarginReference margin,
        Reference reference,
        boolean memory,
        Annotator annotator) {

    public Asking {
        if (reference == Reference.AVERAGE) {
            throw new IllegalArgumentException("a mean of policies is not known here; previous or initial");
        }
    }

    /** With another number of labels. */
    public Asking of(int others) {
        return new Asking(acquisition, others, split, iterations, margin, reference, memory, annotator);
    }

    /** All labels in as many iterations, spread so. */
    public Asking over(int others, BudgetSplit other) {
        return new Asking(acquisition, labels, other, others, margin, reference, memory, annotator);
    }

    /**
     * What came of asking so far.
     *
     * @param policies the start first, then one an iteration
     * @param pairs that were asked about
     * @param answers to them, in the order of asking
     */
    public record Asked<P>(List<P> policies, Set<CandidatePair> pairs, List<Comparison> answers) {

        public Asked {
            policies = List.copyOf(policies);
            pairs = Set.copyOf(pairs);
            answers = List.copyOf(answers);
        }

        public static <P> Asked<P> nothing(P start) {
            return new Asked<>(List.of(start), Set.of(), List.of());
        }

        public P last() {
            return policies.getLast();
        }
    }

    /** Goes on from what was asked before; no pair is asked about twice. */
    public <P> Asked<P> ask(Pool<P> pool, Asked<P> before, Seeds random) {
        List<Integer> budgets = split.split(labels, iterations);
        Asked<P> now = before;
        for (int k = 0; k < iterations; k++) {
            now = iterate(pool, now, budgets.get(k), random);
        }
        return now;
    }

    private <P> Asked<P> iterate(Pool<P> pool, Asked<P> before, int budget, Seeds random) {
        String stage = "iteration " + before.policies.size();
        P policy = before.last();
        List<CandidatePair> candidates = pool.candidates(policy, random.of(stage + ": candidates")).stream()
                .filter(pair -> !before.pairs.contains(pair))
                .toList();
        List<CandidatePair> chosen = acquisition.select(
                candidates,
                pairs -> margin.margins(before.policies, p -> pool.differences(p, pairs)),
                budget,
                random.of(stage + ": choice"));
        RandomGenerator people = random.of(stage + ": labels");
        List<Comparison> answers = chosen.stream()
                .map(pair -> new Comparison(
                        pair.prompt(),
                        pair.left(),
                        pair.right(),
                        annotator.annotate(pair, people),
                        OptionalDouble.empty(),
                        Provenance.UNKNOWN))
                .toList();
        List<Comparison> all =
                Stream.concat(before.answers.stream(), answers.stream()).toList();
        P held = reference == Reference.INITIAL ? before.policies.getFirst() : policy;
        List<P> policies = new ArrayList<>(before.policies);
        policies.add(pool.learned(policy, held, memory ? all : answers));
        Set<CandidatePair> pairs = new HashSet<>(before.pairs);
        pairs.addAll(chosen);
        return new Asked<>(policies, pairs, all);
    }
}
