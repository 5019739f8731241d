package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.model.State;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.ExampleSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StateSignal;

/**
 * Tree preference optimisation's score of a path: the mean over its steps of their log-ratios, each weighted by 1 + cos(its state, the state of the
 * step with the same number in the best path), and by less if several paths share it. The log-ratio of a step is the sum over its tokens, its state
 * the mean of their states, without gradient. In a pair, the best path is the chosen one; a single completion is compared with itself. With one step,
 * it is the log-ratio. arXiv:2410.12854.
 *
 * <p>Differences from the authors' code, chosen here: the code takes means over the tokens of a step, has a discount of 1, and leaves out steps
 * beyond the end of the best path, which here have weight 1, as steps with cosine 0.
 *
 * @param shared in [0, 1]: factor for the weight of a step that several paths share
 */
@Method(
        name = "adaptive-steps",
        kind = "score",
        papers = "2410.12854",
        source = "arXiv:2410.12854",
        summary = "mean over steps of log-ratios, weighted by similarity to the best path's steps",
        formula = "Σ_k w_k·Δ_k / Σ_k w_k, w_k = 1 + cos(h_k, h_k of the best)")
public record AdaptiveSteps(@Default("0.5") double shared) implements Score {

    /** (n, T, size): the policy's hidden state after each token; no gradient. */
    public static final StateSignal STATES = new StateSignal("states", "hidden states", State.AFTER);

    /** (n, T): the number of the step that each token is in, from 0 on each path. */
    public static final ExampleSignal STEPS =
            new ExampleSignal("steps", "the steps of completions", TreeSteps::numbers);

    /** (n, T): 1 where several paths of a tree share a token's step, else 0. */
    public static final ExampleSignal SHARED_STEPS =
            new ExampleSignal("shared-steps", "which steps are shared", TreeSteps::shared);

    public AdaptiveSteps {
        Require.unit("shared", shared);
    }

    @Override
    public Tensor of(Sequences completions) {
        Steps steps = Steps.of(completions, count(completions));
        return score(steps, steps.states, steps.exists);
    }

    @Override
    public PairScores of(PairBatch pairs) {
        long count = Math.max(count(pairs.chosen()), count(pairs.rejected()));
        Steps chosen = Steps.of(pairs.chosen(), count);
        Steps rejected = Steps.of(pairs.rejected(), count);
        return new PairScores(
                score(chosen, chosen.states, chosen.exists), score(rejected, chosen.states, chosen.exists));
    }

    @Override
    public Tensor of(ListBatch lists) {
        Steps steps = Steps.of(lists.completions(), count(lists.completions()));
        long n = lists.count();
        long width = lists.width();
        // Row i · K + the place of the best, for each completion of list i.
        Tensor best = Tensor.range(n * width, lists.value().device())
                .reshape(n, width)
                .narrow(1, 0, 1)
                .add(lists.best())
                .expand(n, width)
                .reshape(-1);
        return lists.asLists(score(steps, steps.states.indexSelect(0, best), steps.exists.indexSelect(0, best)));
    }

    private static long count(Sequences completions) {
        return (long) completions.extra(STEPS).max().item() + 1;
    }

    /**
     * The values of each step of each row.
     *
     * @param ratios (n, S): log-ratios, gradient flows
     * @param states (n, S, size)
     * @param shared (n, S): 1 where several paths have it
     * @param exists (n, S): 1 where the row has such a step
     */
    private record Steps(Tensor ratios, Tensor states, Tensor shared, Tensor exists) {
        static Steps of(Sequences rows, long count) {
            Tensor numbers = Tensor.range(count, rows.policy().device())
                    .to(rows.policy().type())
                    .reshape(1, count, 1);
            Tensor within = rows.extra(STEPS)
                    .unsqueeze(1)
                    .eq(numbers)
                    .to(rows.policy().type())
                    .mul(rows.mask().unsqueeze(1));
            Tensor tokens = within.sum(2);
            Tensor atLeastOne = tokens.clampMin(1);
            Tensor ratio = rows.policy().sub(rows.reference());
            return new Steps(
                    within.matmul(ratio.unsqueeze(2)).squeeze(2),
                    within.matmul(rows.extra(STATES).detach()).div(atLeastOne.unsqueeze(2)),
                    within.matmul(rows.extra(SHARED_STEPS).unsqueeze(2))
                            .squeeze(2)
                            .div(atLeastOne),
                    tokens.minimum(tokens.mul(0).add(1)));
        }
    }

    private Tensor score(Steps own, Tensor best, Tensor bestExists) {
        Tensor lengths = norm(own.states).mul(norm(best)).clampMin(1e-12);
        Tensor alike = own.states.mul(best).sum(2).div(lengths).mul(bestExists);
        Tensor weights =
                alike.add(1).mul(own.exists).mul(own.shared.mul(shared - 1).add(1));
        return own.ratios.mul(weights).sum(1).div(weights.sum(1).clampMin(1e-12));
    }

    private static Tensor norm(Tensor states) {
        return states.square().sum(2).sqrt();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, STATES, STEPS, SHARED_STEPS);
    }
}
