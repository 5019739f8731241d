package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * weight·(z − scale·(label − ½))²: each completion has its own target. SPPO with scale 1/β and weight ½, where the label is P(y ≻ π_t).
 *
 * @param scale of the target
 * @param weight above 0
 */
@Method(
        name = "squared-each",
        kind = "link",
        papers = "2405.00675",
        source = "arXiv:2405.00675, eq. 4.7",
        summary = "a target for each completion",
        formula = "w·(z − s·(P − ½))²")
public record SquaredEach(
        @Default("1000") double scale, @Default("0.5") double weight) implements SingleLink {

    public SquaredEach {
        Require.finite("scale", scale);
        Require.positive("weight", weight);
    }

    @Override
    public Tensor of(Tensor score, Tensor label) {
        return score.sub(label.sub(0.5).mul(scale)).square().mul(weight);
    }
}
