package org.thurstone.train.loss.offset;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;

/**
 * +α·(|y_w| − |y_l|): a longer chosen answer already explains part of the preference, so less is learned from it. The sign follows the paper's
 * derivation; some implementations have the opposite sign. Lengths are in tokens of the completion, without padding. arXiv:2403.19159, eq. 9.
 *
 * @param alpha α for each token, usually 0.005 … 0.02
 */
@Method(
        name = "length",
        kind = "offset",
        papers = "2406.11817",
        source = "arXiv:2403.19159, eq. 9",
        summary = "length explains part of the preference",
        formula = "α·(|y_w| − |y_l|)")
public record Length(@Default("0.01") double alpha) implements Offset {

    public Length {
        Require.finite("alpha", alpha);
    }

    @Override
    public Tensor of(PairBatch pairs) {
        return pairs.chosen().mask().sum(1).sub(pairs.rejected().mask().sum(1)).mul(alpha);
    }
}
