package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.MeanLogRatio;

/**
 * DPO on log-ratios per token (TRL's sigmoid_norm).
 *
 * @param beta β above 0
 */
@Method(
        name = "normalised-dpo",
        kind = "loss",
        source = "TRL 1.13, sigmoid_norm",
        summary = "DPO, length-normalised",
        formula = "−log σ(β·(Δ_w/|y_w| − Δ_l/|y_l|))")
public record NormalisedDpo(@Default("0.1") double beta) implements Preset {

    public NormalisedDpo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new MeanLogRatio(), beta, new Logistic(0));
    }
}
