package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/** f-DPO under the forward KL: f'(u) = 1 − 1/u at the likelihood ratio u. arXiv:2309.16240; the exponent is bounded at 80. */
@Method(
        name = "forward-kl",
        kind = "score",
        source = "arXiv:2309.16240, table 1",
        summary = "f-DPO with the forward KL",
        formula = "1 − e^(−Δ)")
public record ForwardKl() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.logRatio().neg().clampMax(80).expm1().neg();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
