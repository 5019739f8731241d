package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.offset.TargetMargin;
import org.thurstone.train.loss.score.AlphaMean;

/**
 * AlphaPO: SimPO with a shaped reward, (1 − p^(−α))/α of the mean token probability p. arXiv:2501.03884.
 *
 * @param alpha α; 0 is SimPO
 * @param beta β above 0
 * @param gammaRatio γ/β
 */
@Method(
        name = "alphapo",
        kind = "loss",
        source = "arXiv:2501.03884",
        summary = "SimPO with an α-shaped reward",
        formula = "−log σ(β·(r_w − r_l) − γ), r = (1 − p^(−α))/α")
public record AlphaPo(
        @Default("0.25") double alpha,
        @Default("2") double beta,
        @Default("0.5") double gammaRatio) implements Preset {

    public AlphaPo {
        Require.finite("alpha", alpha);
        Require.positive("beta", beta);
        Require.finite("gamma-ratio", gammaRatio);
    }

    @Override
    public Composed composition() {
        return Composed.of(new AlphaMean(alpha), beta, new Logistic(0)).withOffset(new TargetMargin(beta * gammaRatio));
    }
}
