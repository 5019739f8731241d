package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.LogRatioModulated;
import org.thurstone.train.loss.score.LogRatio;

/**
 * DiscoPOP, a loss found by a language model: logistic where the pair is wrong, exponential where it is right. arXiv:2406.08414, eq. 5.
 *
 * @param beta β above 0
 * @param tau τ above 0
 */
@Method(
        name = "discopop",
        kind = "loss",
        papers = "2406.08414",
        source = "arXiv:2406.08414, eq. 5",
        summary = "the discovered blend of logistic and exponential",
        formula = "(1−m)·(−log σ(z)) + m·e^(−z), z = β·h, m = σ(z/τ)")
public record DiscoPop(
        @Default("0.05") double beta, @Default("0.05") double tau) implements Preset {

    public DiscoPop {
        Require.positive("beta", beta);
        Require.positive("tau", tau);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new LogRatioModulated(tau));
    }
}
