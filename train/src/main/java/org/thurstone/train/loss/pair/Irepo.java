package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.SquaredLogit;
import org.thurstone.train.loss.score.LogRatio;

/**
 * iREPO: (β·h − logit p)², a regression on the label's log-odds; the reference is the previous iterate. arXiv:2405.15230.
 *
 * @param beta β above 0
 * @param clamp p is kept within [clamp, 1 − clamp]
 */
@Method(
        name = "irepo",
        kind = "loss",
        papers = "2405.15230",
        source = "arXiv:2405.15230",
        summary = "regression on the label's log-odds",
        formula = "(β·h − log(p/(1−p)))²")
public record Irepo(
        @Default("0.1") double beta, @Default("0.05") double clamp) implements Preset {

    public Irepo {
        Require.positive("beta", beta);
        Require.openShare("clamp", clamp);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new SquaredLogit(clamp));
    }
}
