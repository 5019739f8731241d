package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleValues;

/**
 * (v − z − c)²: each completion's score is regressed on its value, such as a rating. arXiv:2312.02554.
 *
 * @param shift c: estimate of the prompt's log-partition function
 */
@Method(
        name = "regression",
        kind = "link",
        papers = "2312.02554",
        source = "arXiv:2312.02554",
        summary = "each completion's score towards its value",
        formula = "(v − z − c)²")
public record Regression(@Default("0") double shift) implements SingleLink {

    public Regression {
        Require.finite("shift", shift);
    }

    @Override
    public Tensor of(Tensor score, Tensor label) {
        return label.sub(score).sub(shift).square();
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.SCORES;
    }
}
