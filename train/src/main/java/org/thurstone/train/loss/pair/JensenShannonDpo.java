package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.JensenShannon;

/**
 * f-DPO under the Jensen–Shannon divergence. arXiv:2309.16240.
 *
 * @param beta β above 0
 */
@Method(
        name = "jensen-shannon-dpo",
        kind = "loss",
        source = "arXiv:2309.16240",
        summary = "DPO under the Jensen–Shannon divergence",
        formula = "−log σ(β·(log σ(Δ_w) − log σ(Δ_l)))")
public record JensenShannonDpo(@Default("0.1") double beta) implements Preset {

    public JensenShannonDpo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new JensenShannon(), beta, new Logistic(0));
    }
}
