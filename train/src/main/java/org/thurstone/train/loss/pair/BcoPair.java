package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Classify;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Each completion of a pair is classified separately, without a shift: −log σ(β·Δ_w) − log σ(−β·Δ_l). TRL 1.13's form.
 *
 * @param beta β above 0
 */
@Method(
        name = "bco-pair",
        kind = "loss",
        papers = "2404.04656",
        source = "TRL 1.13, bco_pair",
        summary = "binary classification of each completion",
        formula = "−log σ(β·Δ_w) − log σ(−β·Δ_l)")
public record BcoPair(@Default("0.1") double beta) implements Preset {

    public BcoPair {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Classify(0));
    }
}
