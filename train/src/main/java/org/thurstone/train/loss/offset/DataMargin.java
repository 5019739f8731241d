package org.thurstone.train.loss.offset;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;

/**
 * −scale·m, with m the margin in the data (a grade, a reward gap); 0 where the data has none. arXiv:2307.09288.
 *
 * @param scale factor from the units of the data to those of the margin
 */
@Method(
        name = "data-margin",
        kind = "offset",
        source = "arXiv:2307.09288, eq. 2",
        summary = "target margin from the data",
        formula = "−s·m")
public record DataMargin(@Default("1") double scale) implements Offset {

    public DataMargin {
        Require.finite("scale", scale);
    }

    @Override
    public Tensor of(PairBatch pairs) {
        return pairs.margin().mul(-scale);
    }
}
