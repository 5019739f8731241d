package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.offset.PositivePenalty;
import org.thurstone.train.loss.score.LogRatio;

/**
 * DPO-Positive: −log σ(β·(h − λ·max(0, −Δ_w))): a penalty, inside β, while the chosen is less probable than under the reference.
 * arXiv:2402.13228, eq. 3.
 *
 * @param beta β above 0
 * @param lambda λ at least 0
 */
@Method(
        name = "dpop",
        kind = "loss",
        source = "arXiv:2402.13228, eq. 3",
        summary = "DPO that keeps the chosen likely",
        formula = "−log σ(β·(h − λ·max(0, −Δ_w)))")
public record Dpop(
        @Default("0.3") double beta, @Default("50") double lambda) implements Preset {

    public Dpop {
        Require.positive("beta", beta);
        Require.notNegative("lambda", lambda);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).withOffset(new PositivePenalty(beta * lambda));
    }
}
