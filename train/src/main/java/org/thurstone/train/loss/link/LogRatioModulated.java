package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * The link that DiscoPOP discovered: logistic on the wrong side, exponential on the right one, blended by σ(z/τ), through which the gradient
 * flows. Not convex: for τ 0.05 it has a local minimum at z = −0.119 and a local maximum at 0.072. arXiv:2406.08414, eq. 5.
 *
 * @param tau τ above 0: how sharp the blend is
 */
@Method(
        name = "log-ratio-modulated",
        kind = "link",
        papers = "2406.08414",
        source = "arXiv:2406.08414, eq. 5",
        summary = "DiscoPOP's blend of logistic and exponential",
        formula = "(1−m)·(−log σ(z)) + m·e^(−z), m = σ(z/τ)")
public record LogRatioModulated(@Default("0.05") double tau) implements MarginLink {

    public LogRatioModulated {
        Require.positive("tau", tau);
    }

    @Override
    public Tensor of(Tensor margin) {
        Tensor sharp = margin.div(tau);
        Tensor logistic = sharp.neg().sigmoid().mul(margin.logSigmoid().neg());
        // m·e^(−z) in one exponential: e^(−z) alone overflows where m is nothing.
        return logistic.add(sharp.logSigmoid().sub(margin).exp());
    }
}
