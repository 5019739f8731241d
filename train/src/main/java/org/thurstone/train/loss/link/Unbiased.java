package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * rDPO's link: its mean over labels that are flipped with probability ε is the logistic loss of the clean label. It can be negative and has
 * no lower bound for ε above 0, so use few epochs. arXiv:2403.00409, eq. 12.
 *
 * @param flip ε in [0, 0.5)
 */
@Method(
        name = "unbiased",
        kind = "link",
        papers = "2403.00409",
        source = "arXiv:2403.00409, eq. 12",
        summary = "logistic, corrected for flipped labels",
        formula = "(−(1−ε)·log σ(z) + ε·log σ(−z)) / (1 − 2ε)")
public record Unbiased(@Default("0.1") double flip) implements MarginLink {

    public Unbiased {
        Require.share("flip", flip);
    }

    @Override
    public Tensor of(Tensor margin) {
        return margin.neg()
                .logSigmoid()
                .mul(flip)
                .sub(margin.logSigmoid().mul(1 - flip))
                .div(1 - 2 * flip);
    }
}
