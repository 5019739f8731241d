package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Saturating;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Anchored preference optimisation for chosen answers that are better than the model's: raises the chosen and lowers the rejected, with plain
 * sigmoids. arXiv:2408.06266, eq. 7.
 *
 * @param beta β above 0
 */
@Method(
        name = "apo-zero",
        kind = "loss",
        source = "arXiv:2408.06266, eq. 7",
        summary = "anchored: chosen up, rejected down",
        formula = "(1 − σ(β·Δ_w)) + σ(β·Δ_l)")
public record ApoZero(@Default("0.1") double beta) implements Preset {

    public ApoZero {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Saturating());
    }
}
