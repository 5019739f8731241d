package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.AlphaDivergence;

/**
 * f-DPO under an α-divergence, in TRL 1.13's parametrisation. arXiv:2309.16240.
 *
 * @param beta β above 0
 * @param a 1 is DPO; the paper's α is 1 − a
 */
@Method(
        name = "alpha-divergence-dpo",
        kind = "loss",
        source = "arXiv:2309.16240",
        summary = "DPO under an α-divergence",
        formula = "−log σ(β·(f(Δ_w) − f(Δ_l))), f = (e^((a−1)·Δ) − 1)/(a − 1)")
public record AlphaDpo(
        @Default("0.1") double beta, @Default("0.5") double a) implements Preset {

    public AlphaDpo {
        Require.positive("beta", beta);
        Require.finite("a", a);
    }

    @Override
    public Composed composition() {
        return Composed.of(new AlphaDivergence(a), beta, new Logistic(0));
    }
}
