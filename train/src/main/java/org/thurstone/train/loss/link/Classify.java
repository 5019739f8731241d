package org.thurstone.train.loss.link;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/**
 * −log σ(z) for the desirable, −log σ(−z) for the undesirable: each completion against the reference by itself. BCO without its shift; over
 * pairs TRL's {@code bco_pair}.
 */
@Method(
        name = "classify",
        kind = "link",
        rows = {119},
        source = "arXiv:2404.04656",
        summary = "each completion classified by itself",
        formula = "−log σ(z) or −log σ(−z)")
public record Classify() implements SingleLink {
    @Override
    public Tensor of(Tensor score, Tensor label) {
        return label.mul(score.logSigmoid())
                .add(label.neg().add(1).mul(score.neg().logSigmoid()))
                .neg();
    }
}
