package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * max(0, margin − z); the loss is 0 for pairs beyond the margin.
 *
 * @param margin in units of z
 */
@Method(
        name = "hinge",
        kind = "link",
        papers = "2309.06657",
        source = "arXiv:2305.10425; arXiv:2309.06657",
        summary = "hinge",
        formula = "max(0, m − z)")
public record Hinge(@Default("1") double margin) implements MarginLink {

    public Hinge {
        Require.finite("margin", margin);
    }

    @Override
    public Tensor of(Tensor z) {
        return z.neg().add(margin).relu();
    }
}
