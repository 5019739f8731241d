package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.SharedLength;

/**
 * LD-DPO: DPO in which tokens beyond the length of the shorter completion have weight α. arXiv:2409.06411.
 *
 * @param beta β above 0
 * @param alpha α in [0, 1]
 */
@Method(
        name = "ld-dpo",
        kind = "loss",
        source = "arXiv:2409.06411, eq. 9",
        summary = "length-desensitised DPO",
        formula = "−log σ(β·h_LD)")
public record LdDpo(
        @Default("0.1") double beta, @Default("0.5") double alpha) implements Preset {

    public LdDpo {
        Require.positive("beta", beta);
        Require.unit("alpha", alpha);
    }

    @Override
    public Composed composition() {
        return Composed.of(new SharedLength(alpha), beta, new Logistic(0));
    }
}
