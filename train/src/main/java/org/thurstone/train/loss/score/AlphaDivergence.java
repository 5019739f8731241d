package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * f-DPO under an α-divergence, as TRL 1.13 writes it: f'(u) = (u^(a−1) − 1) / (a − 1) at the likelihood ratio u; a → 1 is DPO. The paper's α
 * is 1 − a. The exponent is bounded at 80. arXiv:2309.16240.
 *
 * @param a 1 is the log-ratio itself
 */
@Method(
        name = "alpha-divergence",
        kind = "score",
        source = "arXiv:2309.16240, table 1",
        summary = "f-DPO with an α-divergence",
        formula = "(e^((a−1)·Δ) − 1) / (a − 1)")
public record AlphaDivergence(@Default("0.5") double a) implements Score {

    public AlphaDivergence {
        Require.finite("a", a);
    }

    @Override
    public Tensor of(Sequences completions) {
        Tensor ratio = completions.logRatio();
        return Math.abs(a - 1) < 1e-6
                ? ratio
                : ratio.mul(a - 1).clampMax(80).expm1().div(a - 1);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
