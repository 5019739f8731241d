package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.score.LogRatio;

/**
 * SLiC's hinge on log-ratios, as RSO uses it: max(0, 1 − β·h). It uses the reference and β; SLiC-HF has neither. arXiv:2309.06657, eq. 9.
 *
 * @param beta β above 0 (RSO's γ)
 */
@Method(
        name = "slic",
        kind = "loss",
        papers = "2309.06657",
        source = "arXiv:2309.06657, eq. 9",
        summary = "hinge on the log-ratio",
        formula = "max(0, 1 − β·h)")
public record Slic(@Default("0.1") double beta) implements Preset {

    public Slic {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Hinge(1));
    }
}
