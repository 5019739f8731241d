package org.thurstone.train.loss.link;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/**
 * NCA's link for a pair: the chosen is distinguished from noise, −log σ(z), and both are pulled back, −½·log σ(−z). Unlike the logistic link of the
 * margin, it determines the scores themselves: the chosen's optimum is z = log 2. arXiv:2402.05369.
 */
@Method(
        name = "noise-contrast",
        kind = "link",
        source = "arXiv:2402.05369, eq. 12",
        summary = "noise-contrastive alignment",
        formula = "−[desirable]·log σ(z) − ½·log σ(−z)")
public record NoiseContrast() implements SingleLink {
    @Override
    public Tensor of(Tensor score, Tensor label) {
        return label.mul(score.logSigmoid())
                .add(score.neg().logSigmoid().mul(0.5))
                .neg();
    }
}
