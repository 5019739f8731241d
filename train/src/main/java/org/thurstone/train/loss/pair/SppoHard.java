package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.SquaredEach;
import org.thurstone.train.loss.score.LogRatio;

/**
 * SPPO as in TRL: (Δ_w − ½/β)² + (Δ_l + ½/β)², twice SPPO's loss with a hard label.
 *
 * @param beta β above 0 (1/η)
 */
@Method(
        name = "sppo-hard",
        kind = "loss",
        papers = "2405.00675",
        source = "TRL 1.13, sppo_hard",
        summary = "SPPO with hard labels, twice as large",
        formula = "(Δ_w − ½/β)² + (Δ_l + ½/β)²")
public record SppoHard(@Default("0.001") double beta) implements Preset {

    public SppoHard {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), 1, new SquaredEach(1 / beta, 1));
    }
}
