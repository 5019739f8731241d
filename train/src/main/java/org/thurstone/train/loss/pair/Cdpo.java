package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Conservative DPO: DPO that assumes a share ε of wrong labels; its optimum is σ(β·h) = 1 − ε.
 *
 * @param beta β above 0
 * @param labelSmoothing ε in [0, 0.5)
 */
@Method(
        name = "cdpo",
        kind = "loss",
        papers = "2403.00409",
        source = "E. Mitchell, A note on DPO with noisy preferences, 2023",
        summary = "DPO with smoothed labels",
        formula = "−(1−ε)·log σ(β·h) − ε·log σ(−β·h)")
public record Cdpo(
        @Default("0.1") double beta, @Default("0.1") double labelSmoothing) implements Preset {

    public Cdpo {
        Require.positive("beta", beta);
        Require.share("label-smoothing", labelSmoothing);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(labelSmoothing));
    }
}
