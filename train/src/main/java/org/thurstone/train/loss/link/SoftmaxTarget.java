package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * The cross-entropy of softmax(values/α) and softmax(scores): InfoNCA, the list form of DPO for scores. At the optimum, the two are equal.
 * arXiv:2402.05369, eq. 9.
 *
 * @param alpha α above 0: the temperature of the values
 */
@Method(
        name = "softmax-target",
        kind = "link",
        source = "arXiv:2402.05369, eq. 9",
        summary = "cross-entropy to the softmax of the values",
        formula = "−Σ softmax(v/α)·log softmax(s)")
public record SoftmaxTarget(@Default("1") double alpha) implements ListLink {

    public SoftmaxTarget {
        Require.positive("alpha", alpha);
    }

    @Override
    public Tensor of(Tensor scores, Tensor values, Tensor present) {
        Tensor missing = present.lt(0.5);
        Tensor target =
                values.div(alpha).maskedFill(missing, MaskedSoftmax.NEVER).softmax(1);
        Tensor logs = MaskedSoftmax.logSoftmax(scores, missing);
        return target.mul(logs).sum(1).neg();
    }
}
