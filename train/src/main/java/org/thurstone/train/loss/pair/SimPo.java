package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.offset.TargetMargin;
import org.thurstone.train.loss.score.MeanLogProb;

/**
 * SimPO: −log σ(β·(mean log π(y_w) − mean log π(y_l)) − γ), without a reference. γ is subtracted after the scaling by β and is usually given
 * as its ratio to β. arXiv:2405.14734, eq. 6.
 *
 * @param beta β above 0, usually 2 … 10
 * @param gammaRatio γ/β, usually 0.1 … 0.8
 */
@Method(
        name = "simpo",
        kind = "loss",
        source = "arXiv:2405.14734, eq. 6",
        summary = "length-normalised, without a reference",
        formula = "−log σ(β·(m_w − m_l) − γ)")
public record SimPo(
        @Default("2") double beta, @Default("0.5") double gammaRatio) implements Preset {

    public SimPo {
        Require.positive("beta", beta);
        Require.finite("gamma-ratio", gammaRatio);
    }

    @Override
    public Composed composition() {
        return Composed.of(new MeanLogProb(), beta, new Logistic(0)).withOffset(new TargetMargin(beta * gammaRatio));
    }
}
