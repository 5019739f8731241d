package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * −log σ(z + c) for the desirable, −log σ(−z − c) for the undesirable: each completion against the reference on its own. BCO without its running
 * shift; over pairs TRL's {@code bco_pair}.
 *
 * @param shift c: estimate of the prompt's log-partition function
 */
@Method(
        name = "classify",
        kind = "link",
        papers = "2404.04656",
        source = "arXiv:2404.04656",
        summary = "binary classification of each completion",
        formula = "−log σ(z + c) or −log σ(−z − c)")
public record Classify(@Default("0") double shift) implements SingleLink {

    public Classify {
        Require.finite("shift", shift);
    }

    @Override
    public Tensor of(Tensor score, Tensor label) {
        Tensor shifted = score.add(shift);
        return label.mul(shifted.logSigmoid())
                .add(label.neg().add(1).mul(shifted.neg().logSigmoid()))
                .neg();
    }
}
