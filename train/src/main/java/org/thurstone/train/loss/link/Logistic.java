package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * −(1−ε)·log σ(z) − ε·log σ(−z): Bradley–Terry, with labels smoothed by ε. log σ is computed as −softplus(−z).
 *
 * @param smoothing ε in [0, 0.5): the assumed share of wrong labels. It flips the sign of the whole z, offset included
 */
@Method(
        name = "logistic",
        kind = "link",
        source = "arXiv:2305.18290, eq. 7",
        summary = "Bradley–Terry",
        formula = "−(1−ε)·log σ(z) − ε·log σ(−z)")
public record Logistic(@Default("0") double smoothing) implements MarginLink {

    public Logistic {
        Require.share("smoothing", smoothing);
    }

    @Override
    public Tensor of(Tensor margin) {
        Tensor right = margin.logSigmoid().neg();
        return smoothing == 0
                ? right
                : right.mul(1 - smoothing).sub(margin.neg().logSigmoid().mul(smoothing));
    }
}
