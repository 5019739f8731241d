package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * (z − target)²: the margin is regressed on the target. IPO with target 1/(2τ); under soft labels the optimum is z = (2p − 1)·target.
 *
 * @param target in units of z
 */
@Method(
        name = "squared",
        kind = "link",
        papers = "2310.12036",
        source = "arXiv:2310.12036, eq. 17",
        summary = "a target for the margin",
        formula = "(z − t)²")
public record Squared(@Default("1") double target) implements MarginLink {

    public Squared {
        Require.finite("target", target);
    }

    @Override
    public Tensor of(Tensor margin) {
        return margin.sub(target).square();
    }
}
