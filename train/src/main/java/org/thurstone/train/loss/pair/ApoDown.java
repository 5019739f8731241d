package org.thurstone.train.loss.pair;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Anchored preference optimisation for chosen answers that are worse than the model's: lowers both, the rejected more, with plain sigmoids.
 * arXiv:2408.06266, eq. 8.
 *
 * @param beta β above 0
 */
@Method(
        name = "apo-down",
        kind = "loss",
        source = "arXiv:2408.06266, eq. 8",
        summary = "anchored: chosen down, rejected further down",
        formula = "σ(β·Δ_w) + 1 − σ(β·h)")
public record ApoDown(@Default("0.1") double beta) implements PairLoss {

    public ApoDown {
        Require.positive("beta", beta);
    }

    @Override
    public Tensor hard(PairBatch batch) {
        Tensor chosen = batch.chosen().logRatio().mul(beta);
        Tensor margin = chosen.sub(batch.rejected().logRatio().mul(beta));
        return chosen.sigmoid().add(margin.neg().sigmoid());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
