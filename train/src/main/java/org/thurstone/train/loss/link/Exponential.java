package org.thurstone.train.loss.link;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/** e^(−z), unbounded on the wrong side; z is clipped at −80. */
@Method(
        name = "exponential",
        kind = "link",
        source = "arXiv:2402.05749, table 1",
        summary = "AdaBoost's loss",
        formula = "e^(−z)")
public record Exponential() implements MarginLink {
    @Override
    public Tensor of(Tensor margin) {
        return margin.neg().clampMax(80).exp();
    }
}
