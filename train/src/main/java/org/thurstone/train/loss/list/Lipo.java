package org.thurstone.train.loss.list;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.ListPreset;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.LogRatio;

/**
 * LiPO-λ: every pair of a list by −log σ(β·(Δ_i − Δ_j)), weighted as by LambdaRank ({@link EveryPair}), a sum that is not divided by the best
 * possible gain. Of two completions it is DPO times a constant. The other losses of the paper are compositions: {@code every-pair} without
 * weights, {@code plackett-luce}, {@code softmax-target}. arXiv:2402.01878; lists of 8 there.
 *
 * @param beta β above 0
 */
@Method(
        name = "lipo",
        kind = "loss",
        papers = "2402.01878",
        source = "arXiv:2402.01878",
        summary = "lists, pairs with LambdaRank weights",
        formula = "−Σ_{v_i>v_j} |2^{v_i} − 2^{v_j}|·|1/D(τ_i) − 1/D(τ_j)|·log σ(β·(Δ_i − Δ_j))")
public record Lipo(@Default("0.05") double beta) implements ListPreset {

    public Lipo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new EveryPair(new Logistic(0), EveryPair.Weights.LAMBDA));
    }
}
