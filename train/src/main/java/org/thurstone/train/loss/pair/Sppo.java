package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.SquaredEach;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Self-play preference optimisation: ½·((Δ_w − (P_w − ½)/β)² + (Δ_l − (P_l − ½)/β)²), with P the label's probability for the chosen and its
 * complement for the rejected. The reference is the previous iterate. arXiv:2405.00675, eq. 4.7.
 *
 * @param beta β above 0 (1/η)
 */
@Method(
        name = "sppo",
        kind = "loss",
        papers = "2405.00675",
        source = "arXiv:2405.00675, eq. 4.7",
        summary = "each log-ratio towards its own win rate",
        formula = "½·Σ (Δ − (P − ½)/β)²")
public record Sppo(@Default("0.001") double beta) implements Preset {

    public Sppo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), 1, new SquaredEach(1 / beta, 0.5));
    }
}
