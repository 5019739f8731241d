package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * EXO's link for pairs: KL(q ‖ p) between the policy's preference q = (σ(z), σ(−z)) and the label p = (1−ε, ε); the gradient flows through q. A soft
 * label is smoothed in the same way and used as p, so that the optimum is q = p. Exchanging p and q gives the logistic link, not EXO.
 * arXiv:2402.00856, eq. 16.
 *
 * @param smoothing ε in (0, 0.5): with 0 the loss would be infinite
 */
@Method(
        name = "reverse-kl",
        kind = "link",
        papers = "2402.00856",
        source = "arXiv:2402.00856, eq. 16",
        summary = "EXO: reverse KL to the label",
        formula = "KL((σ(z), σ(−z)) ‖ (1−ε, ε))")
public record ReverseKl(@Default("0.001") double smoothing) implements MarginLink {

    public ReverseKl {
        Require.openShare("smoothing", smoothing);
    }

    @Override
    public Tensor of(Tensor margin) {
        Tensor right = margin.logSigmoid();
        Tensor wrong = margin.neg().logSigmoid();
        return right.exp()
                .mul(right.sub(Math.log1p(-smoothing)))
                .add(wrong.exp().mul(wrong.sub(Math.log(smoothing))));
    }

    @Override
    public Tensor soft(Tensor margin, Tensor swapped, Tensor probability) {
        Tensor p = probability.mul(1 - 2 * smoothing).add(smoothing);
        Tensor right = margin.logSigmoid();
        Tensor wrong = margin.neg().logSigmoid();
        return right.exp()
                .mul(right.sub(p.log()))
                .add(wrong.exp().mul(wrong.sub(p.neg().log1p())));
    }
}
