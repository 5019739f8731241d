package org.thurstone.train.loss.list;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.ListPreset;
import org.thurstone.train.loss.link.ReverseSoftmaxTarget;
import org.thurstone.train.loss.score.LogRatio;

/**
 * EXO over K completions with rewards: the reverse KL between softmax(β·Δ) and softmax(r/α), where {@link InfoNca}, the list form of DPO, uses the
 * forward KL. Both have the optimum Δ = r/(αβ). arXiv:2402.00856.
 *
 * @param beta β above 0: β_π in the paper
 * @param alpha α above 0: the temperature of the rewards, β_r in the paper
 */
@Method(
        name = "exo-rewards",
        kind = "loss",
        papers = "2402.00856",
        source = "arXiv:2402.00856",
        summary = "EXO over scored lists",
        formula = "KL(softmax(β·Δ) ‖ softmax(r/α))")
public record ExoRewards(
        @Default("0.5") double beta, @Default("0.5") double alpha) implements ListPreset {

    public ExoRewards {
        Require.positive("beta", beta);
        Require.positive("alpha", alpha);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new ReverseSoftmaxTarget(alpha));
    }
}
