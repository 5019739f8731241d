package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Iterative reasoning preference optimisation: DPO with the likelihood of the chosen, averaged over the tokens of each. The reference is the
 * previous iterate. arXiv:2404.19733, eq. 1.
 *
 * @param beta β above 0
 * @param alpha α at least 0
 */
@Method(
        name = "irpo",
        kind = "loss",
        papers = "2404.19733",
        source = "arXiv:2404.19733, eq. 1",
        summary = "DPO and likelihood per token",
        formula = "−log σ(β·h) − α·log π(y_w)/|y_w|")
public record Irpo(
        @Default("0.1") double beta, @Default("1") double alpha) implements Preset {

    public Irpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).plus(new Nll(alpha, Averaging.COMPLETION));
    }
}
