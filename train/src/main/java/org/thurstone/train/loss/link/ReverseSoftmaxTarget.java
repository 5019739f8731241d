package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * EXO's link for K completions: KL(q ‖ p) of q = softmax(scores) from p = softmax(values/α); the gradient flows through q. Over all completions of a
 * prompt, if they are equally likely under the reference, and with log-ratios as scores, it is the KL divergence between the policy and its optimum.
 * Exchanging p and q gives {@link SoftmaxTarget}. arXiv:2402.00856.
 *
 * @param alpha α above 0: the temperature of the values, β_r in the paper
 */
@Method(
        name = "reverse-softmax-target",
        kind = "link",
        papers = "2402.00856",
        source = "arXiv:2402.00856",
        summary = "EXO over lists: reverse KL to the softmax of the values",
        formula = "Σ q·(log q − log softmax(v/α)), q = softmax(s)")
public record ReverseSoftmaxTarget(@Default("1") double alpha) implements ListLink {

    public ReverseSoftmaxTarget {
        Require.positive("alpha", alpha);
    }

    @Override
    public Tensor of(Tensor scores, Tensor values, Tensor present) {
        Tensor missing = present.lt(0.5);
        Tensor target = MaskedSoftmax.logSoftmax(values.div(alpha), missing);
        // What is missing has the logarithm 0 in both, and so no share in their difference.
        Tensor logs = MaskedSoftmax.logSoftmax(scores, missing);
        return logs.exp().mul(logs.sub(target)).sum(1);
    }
}
