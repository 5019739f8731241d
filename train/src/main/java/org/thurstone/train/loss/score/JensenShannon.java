package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/** f-DPO under the Jensen–Shannon divergence: f'(u) = log(2u / (1 + u)) at the likelihood ratio u. arXiv:2309.16240. */
@Method(
        name = "jensen-shannon",
        kind = "score",
        source = "arXiv:2309.16240, table 1",
        summary = "f-DPO with the Jensen–Shannon divergence",
        formula = "log 2 + log σ(Δ)")
public record JensenShannon() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.logRatio().logSigmoid().add(Math.log(2));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
