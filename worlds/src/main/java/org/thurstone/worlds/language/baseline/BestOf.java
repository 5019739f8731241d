package org.thurstone.worlds.language.baseline;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/** Best of n samples of the initial policy by the judge: the gain from the judge without training. */
@Method(
        name = "best-of",
        kind = "baseline",
        source = "arXiv:2009.01325",
        summary = "the best of n samples of the initial policy, by the judge")
public record BestOf(@Default("8") int n) implements Baseline {
    public BestOf {
        if (n < 2) {
            throw new IllegalArgumentException("n must be at least 2");
        }
    }

    @Override
    public String title() {
        return "best of " + n + " of the start";
    }
}
