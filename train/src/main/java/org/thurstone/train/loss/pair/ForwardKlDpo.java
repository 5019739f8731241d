package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.ForwardKl;

/**
 * f-DPO under the forward KL. arXiv:2309.16240.
 *
 * @param beta β above 0
 */
@Method(
        name = "forward-kl-dpo",
        kind = "loss",
        source = "arXiv:2309.16240",
        summary = "DPO under the forward KL",
        formula = "−log σ(β·(e^(−Δ_l) − e^(−Δ_w)))")
public record ForwardKlDpo(@Default("0.1") double beta) implements Preset {

    public ForwardKlDpo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new ForwardKl(), beta, new Logistic(0));
    }
}
