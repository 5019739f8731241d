package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * Another link, multiplied by a weight.
 *
 * @param weight above 0
 */
@Method(name = "scaled", kind = "link", summary = "another link, times a weight", formula = "w·ℓ(z)")
public record Scaled(@Default("1") double weight, MarginLink link) implements MarginLink {

    public Scaled {
        Require.positive("weight", weight);
    }

    @Override
    public Tensor of(Tensor margin) {
        return link.of(margin).mul(weight);
    }

    @Override
    public Tensor soft(Tensor margin, Tensor swapped, Tensor probability) {
        return link.soft(margin, swapped, probability).mul(weight);
    }
}
