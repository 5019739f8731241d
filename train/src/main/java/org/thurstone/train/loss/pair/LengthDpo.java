package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.offset.Length;
import org.thurstone.train.loss.score.LogRatio;

/**
 * R-DPO: DPO with lengths, −log σ(β·h + α·(|y_w| − |y_l|)). The term is outside β, with a plus sign for the chosen length, because its length already
 * explains part of the preference. arXiv:2403.19159, eq. 9; iterated, arXiv:2406.11817.
 *
 * @param beta β above 0
 * @param alpha α per token, usually 0.005 … 0.02
 */
@Method(
        name = "length-dpo",
        kind = "loss",
        papers = "2406.11817",
        source = "arXiv:2403.19159, eq. 9",
        summary = "DPO that discounts length",
        formula = "−log σ(β·h + α·(|y_w| − |y_l|))")
public record LengthDpo(
        @Default("0.1") double beta, @Default("0.01") double alpha) implements Preset {

    public LengthDpo {
        Require.positive("beta", beta);
        Require.finite("alpha", alpha);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).withOffset(new Length(alpha));
    }
}
