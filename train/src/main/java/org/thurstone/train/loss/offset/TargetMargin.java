package org.thurstone.train.loss.offset;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;

/**
 * −γ: a fixed target margin: a pair with margin γ has the loss that a pair with margin 0 has without it. It is subtracted after the scaling by β.
 * arXiv:2405.14734, eq. 6.
 *
 * @param gamma γ in units of the margin
 */
@Method(
        name = "target-margin",
        kind = "offset",
        source = "arXiv:2405.14734, eq. 6",
        summary = "fixed target margin",
        formula = "−γ")
public record TargetMargin(@Default("1") double gamma) implements Offset {

    public TargetMargin {
        Require.finite("gamma", gamma);
    }

    @Override
    public Tensor of(PairBatch pairs) {
        return pairs.chosen().constant(-gamma);
    }
}
