package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Exploration;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Exploratory preference optimisation: DPO, and a bonus for moving away from the reference: +α·log π(ỹ) on its samples ỹ. In the paper each pair is
 * one completion of the policy and one of the reference, and the loop is online. arXiv:2405.21046, algorithm 1.
 *
 * @param beta β above 0
 * @param alpha α at least 0
 * @param samples of the reference for each example, at least 1
 */
@Method(
        name = "xpo",
        kind = "loss",
        papers = "2405.21046",
        source = "arXiv:2405.21046, algorithm 1",
        summary = "DPO that explores away from the reference",
        formula = "−log σ(β·h) + α·E_{ỹ~π_ref} log π(ỹ)")
public record Xpo(
        @Default("0.1") double beta,
        @Default("1e-5") double alpha,
        @Default("1") int samples) implements Preset {

    public Xpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
        new Exploration(alpha, false, samples); // says what they have to be
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).plus(new Exploration(alpha, false, samples));
    }
}
