package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Unbiased;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Robust DPO: the mean of this loss over labels flipped with probability ε is DPO's loss of the clean labels. The second term has a plus sign, where
 * cDPO has a minus. The loss can be negative and its gradient never vanishes, so train for only a few epochs. arXiv:2403.00409, eq. 12. Not to be
 * confused with R-DPO ({@code length-dpo}).
 *
 * @param beta β above 0
 * @param flip ε in [0, 0.5)
 */
@Method(
        name = "rdpo",
        kind = "loss",
        papers = "2403.00409",
        source = "arXiv:2403.00409, eq. 12",
        summary = "DPO that is unbiased under flipped labels",
        formula = "(−(1−ε)·log σ(β·h) + ε·log σ(−β·h)) / (1 − 2ε)")
public record Rdpo(
        @Default("0.1") double beta, @Default("0.1") double flip) implements Preset {

    public Rdpo {
        Require.positive("beta", beta);
        Require.share("flip", flip);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Unbiased(flip));
    }
}
