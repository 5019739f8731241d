package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogProb;

/**
 * SLiC-HF: max(0, δ − log π(y_w) + log π(y_l)) − λ·log π(y_w), sums over tokens, neither reference nor β. The regulariser is the likelihood of the
 * chosen completion; the paper prefers that of the SFT target. arXiv:2305.10425, eq. 2.
 *
 * @param delta δ in nats
 * @param lambda λ at least 0
 */
@Method(
        name = "slic-hf",
        kind = "loss",
        source = "arXiv:2305.10425, eq. 2",
        summary = "hinge on log-probabilities and likelihood",
        formula = "max(0, δ − log π(y_w) + log π(y_l)) − λ·log π(y_w)")
public record SlicHf(
        @Default("1") double delta, @Default("0.1") double lambda) implements Preset {

    public SlicHf {
        Require.finite("delta", delta);
        Require.notNegative("lambda", lambda);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogProb(), 1, new Hinge(delta)).plus(new Nll(lambda, Averaging.SUM));
    }
}
