package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * LD-DPO's log-ratio: of the longer completion of a pair, the tokens beyond the length of the shorter count α only. arXiv:2409.06411, eq. 9.
 * On its own, without a partner, a completion counts in full.
 *
 * @param alpha α in [0, 1]; 1 is DPO
 */
@Method(
        name = "shared-length",
        kind = "score",
        source = "arXiv:2409.06411, eq. 9",
        summary = "log-ratio with tokens beyond the shorter completion counted less",
        formula = "Σ_{t≤ℓ} Δ_t + α·Σ_{t>ℓ} Δ_t, ℓ = min(|y_w|, |y_l|)")
public record SharedLength(@Default("0.5") double alpha) implements Score {

    public SharedLength {
        Require.unit("alpha", alpha);
    }

    @Override
    public Tensor of(Sequences completions) {
        return completions.logRatio();
    }

    @Override
    public PairScores of(PairBatch pairs) {
        Tensor shared = pairs.chosen()
                .mask()
                .sum(1)
                .minimum(pairs.rejected().mask().sum(1))
                .unsqueeze(1);
        return new PairScores(of(pairs.chosen(), shared), of(pairs.rejected(), shared));
    }

    private Tensor of(Sequences completions, Tensor shared) {
        Tensor within =
                completions.mask().cumsum(1).le(shared).to(completions.policy().type());
        Tensor weights = within.mul(1 - alpha).add(alpha);
        return completions.sumOf(
                completions.policy().sub(completions.reference()).mul(weights));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
