package org.thurstone.train.loss.list;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.ListPreset;
import org.thurstone.train.loss.link.SoftmaxTarget;
import org.thurstone.train.loss.score.LogRatio;

/**
 * InfoNCA: the cross-entropy of softmax(rewards/α) and softmax(β·Δ). For two completions with a hard label it is DPO. arXiv:2402.05369, eq. 9.
 *
 * @param beta β above 0
 * @param alpha α above 0: the temperature of the rewards
 */
@Method(
        name = "info-nca",
        kind = "loss",
        source = "arXiv:2402.05369, eq. 9",
        summary = "DPO over scored lists",
        formula = "−Σ softmax(r/α)·log softmax(β·Δ)")
public record InfoNca(
        @Default("0.1") double beta, @Default("1") double alpha) implements ListPreset {

    public InfoNca {
        Require.positive("beta", beta);
        Require.positive("alpha", alpha);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new SoftmaxTarget(alpha));
    }
}
