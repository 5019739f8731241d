package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogProb;

/**
 * Contrastive preference optimisation: −log σ(β·(log π(y_w) − log π(y_l))) + α·NLL(y_w), no reference. Sums in the first term; the likelihood is
 * averaged over the tokens of the batch, as in the authors' code. arXiv:2401.08417, eq. 5.
 *
 * @param beta β above 0
 * @param alpha α at least 0
 * @param labelSmoothing ε in [0, 0.5)
 */
@Method(
        name = "cpo",
        kind = "loss",
        source = "arXiv:2401.08417, eq. 5",
        summary = "DPO without a reference, with likelihood",
        formula = "−log σ(β·(log π(y_w) − log π(y_l))) + α·NLL(y_w)")
public record Cpo(
        @Default("0.1") double beta,
        @Default("1") double alpha,
        @Default("0") double labelSmoothing) implements Preset {

    public Cpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
        Require.share("label-smoothing", labelSmoothing);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogProb(), beta, new Logistic(labelSmoothing)).plus(new Nll(alpha, Averaging.BATCH));
    }
}
