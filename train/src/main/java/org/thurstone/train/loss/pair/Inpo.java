package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Squared;
import org.thurstone.train.loss.score.TwoReferences;

/**
 * Iterative Nash policy optimisation: (log-ratio to π_ref^(τ/η)·π_t^(1−τ/η) of chosen minus rejected − 1/(2η))². Pairs come from π_t, which is
 * the second reference. η is an inverse step size. arXiv:2407.00617, eq. 8.
 *
 * @param eta η above τ
 * @param tau τ at least 0
 */
@Method(
        name = "inpo",
        kind = "loss",
        papers = "2407.00617",
        source = "arXiv:2407.00617, eq. 8",
        summary = "Nash policy by online mirror descent",
        formula = "(h_t − 1/(2η))²")
public record Inpo(
        @Default("0.0075") double eta, @Default("0.0025") double tau) implements Preset {

    public Inpo {
        Require.positive("eta", eta);
        Require.notNegative("tau", tau);
        if (tau > eta) {
            throw new IllegalArgumentException("tau " + tau + " is above eta " + eta);
        }
    }

    @Override
    public Composed composition() {
        return Composed.of(new TwoReferences((eta - tau) / eta), 1, new Squared(1 / (2 * eta)));
    }
}
