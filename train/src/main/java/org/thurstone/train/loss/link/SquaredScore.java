package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleValues;

/**
 * weight·(z − scale·v)²: each completion has its own target, its score v in the data, which may be negative. GPO with scale 1/β, where v is the score
 * by which the completion is preferred to the policy's own. A pair has no such scores; its probability is used instead.
 *
 * @param scale of the target
 * @param weight above 0
 */
@Method(
        name = "squared-score",
        kind = "link",
        papers = "2410.02197",
        source = "arXiv:2410.02197",
        summary = "a score of each completion as its target",
        formula = "w·(z − s·v)²")
public record SquaredScore(
        @Default("1000") double scale, @Default("1") double weight) implements SingleLink {

    public SquaredScore {
        Require.finite("scale", scale);
        Require.positive("weight", weight);
    }

    @Override
    public Tensor of(Tensor score, Tensor label) {
        return score.sub(label.mul(scale)).square().mul(weight);
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.ADVANTAGES;
    }
}
