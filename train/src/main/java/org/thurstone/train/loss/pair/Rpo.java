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
 * Regularised preference optimisation: −log σ(β·h) − η·β·log π(y_w), the likelihood a sum over tokens. arXiv:2405.16436.
 *
 * @param beta β above 0
 * @param eta η at least 0
 */
@Method(
        name = "rpo",
        kind = "loss",
        papers = "2405.16436",
        source = "arXiv:2405.16436",
        summary = "DPO and summed likelihood",
        formula = "−log σ(β·h) − η·β·log π(y_w)")
public record Rpo(
        @Default("0.1") double beta, @Default("0.005") double eta) implements Preset {

    public Rpo {
        Require.positive("beta", beta);
        Require.notNegative("eta", eta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).plus(new Nll(eta * beta, Averaging.SUM));
    }
}
