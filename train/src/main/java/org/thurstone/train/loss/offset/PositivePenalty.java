package org.thurstone.train.loss.offset;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * −λ·max(0, log π_ref(y_w) − log π(y_w)): DPO-Positive's penalty while the chosen is less probable than under the reference; the gradient flows
 * through it. Here λ is outside β; in DPO-Positive it is inside. arXiv:2402.13228, eq. 3.
 *
 * @param lambda λ at least 0
 */
@Method(
        name = "positive-penalty",
        kind = "offset",
        source = "arXiv:2402.13228, eq. 3",
        summary = "penalty while the chosen loses likelihood",
        formula = "−λ·max(0, −Δ_w)")
public record PositivePenalty(@Default("5") double lambda) implements Offset {

    public PositivePenalty {
        Require.notNegative("lambda", lambda);
    }

    @Override
    public Tensor of(PairBatch pairs) {
        return pairs.chosen().logRatio().neg().relu().mul(-lambda);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
