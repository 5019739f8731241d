package org.thurstone.train.loss.pair;

import java.util.Set;
import org.thurstone.model.Statistic;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StatisticSignal;

/**
 * Weighted preference optimisation: DPO's loss, weighted by how likely the pair is under the policy, w(y_w)·w(y_l), without gradient, with w(y) = exp
 * of the mean over tokens of log π(y_t) − log Σ_v π(v)². A token that is as likely as the policy's samples are on average has weight 1, so that short
 * and peaked answers are not favoured. The authors' code clamps the product at 1, TRL does not. arXiv:2406.11827.
 *
 * @param beta β above 0
 * @param labelSmoothing ε in [0, 0.5)
 * @param clamp whether the weight of a pair is at most 1
 */
@Method(
        name = "wpo",
        kind = "loss",
        source = "arXiv:2406.11827",
        summary = "DPO with pairs weighted by their likelihood under the policy",
        formula = "−w(y_w)·w(y_l)·log σ(β·h)")
public record Wpo(
        @Default("0.1") double beta,
        @Default("0") double labelSmoothing,
        @Default("true") boolean clamp) implements PairLoss {

    /** (n, T): log Σ_v π(v)² of the policy at each token; gradient flows. */
    public static final StatisticSignal COLLISION =
            new StatisticSignal("collision", "the chance that two draws of a token agree", Statistic.COLLISION);

    public Wpo {
        new Dpo(beta, labelSmoothing); // says what they have to be
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return new Dpo(beta, labelSmoothing).hard(batch).mul(weight(batch));
    }

    private Tensor weight(PairBatch batch) {
        Tensor weight =
                logWeight(batch.chosen()).add(logWeight(batch.rejected())).detach();
        return (clamp ? weight.clampMax(0) : weight.clampMax(MOST)).exp();
    }

    /** Where the product is not kept at 1, e to this keeps it finite. */
    private static final double MOST = 80;

    private static Tensor logWeight(Sequences completions) {
        Tensor relative = completions.policy().sub(completions.extra(COLLISION));
        return completions.sumOf(relative).div(completions.lengths());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, COLLISION);
    }
}
