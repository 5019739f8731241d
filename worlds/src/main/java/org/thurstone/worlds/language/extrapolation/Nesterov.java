package org.thurstone.worlds.language.extrapolation;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Parameters;

/**
 * Accelerated preference optimisation: iterations of DPO, SPPO and related losses are a proximal-point method, which Nesterov momentum accelerates.
 * An iteration's policy is π̂·(π̂ / π̂ before)^α, where π̂ is the result of each training; the next training starts from it and, by the recipe's
 * {@code reference: previous}, uses it as the reference. In weights, θ̂ + α·(θ̂ − θ̂ before), which is the same for a table of logits. With exact
 * iterations, the n-th moves (n − (α − αⁿ⁺¹)/(1 − α))/(1 − α) times as far as the first without momentum. arXiv:2410.06293.
 *
 * @param alpha α in [0, 1); 0 changes nothing
 */
@Method(
        name = "nesterov",
        kind = "extrapolation",
        papers = "2410.06293",
        source = "arXiv:2410.06293",
        summary = "momentum between iterations",
        formula = "θ̂ + α·(θ̂ − θ̂ before)")
public record Nesterov(@Default("0.3") double alpha) implements Extrapolation {

    public Nesterov {
        if (!(alpha >= 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is outside 0 (included) … 1 (excluded)");
        }
    }

    @Override
    public void move(Parameters estimate, Parameters before) {
        estimate.moveTowards(before, -alpha);
    }
}
