package org.thurstone.train.loss.link;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/** 1 − σ(z) for the desirable, σ(z) for the undesirable: a plain sigmoid, whose gradient vanishes on both sides. KTO's value with z0 = 0. */
@Method(
        name = "saturating",
        kind = "link",
        source = "arXiv:2402.01306; arXiv:2408.06266, eq. 7",
        summary = "plain sigmoid of each completion",
        formula = "1 − σ(z) or σ(z)")
public record Saturating() implements SingleLink {
    @Override
    public Tensor of(Tensor score, Tensor label) {
        return label.mul(score.neg().sigmoid()).add(label.neg().add(1).mul(score.sigmoid()));
    }
}
