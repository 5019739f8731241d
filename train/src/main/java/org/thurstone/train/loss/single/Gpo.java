package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.SquaredScore;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.signal.Signal;

/**
 * General preference optimisation: (Δ − ŝ/β)², with ŝ the score by which a completion is preferred to the policy's own, its rating in the data; ½ is
 * not subtracted, as it is from SPPO's probability. The reference is the previous iterate π_t. Scores may come from any preference model, including
 * cyclic ones, that is antisymmetric: ŝ(y ≻ y′) = −ŝ(y′ ≻ y). The authors' code adds both directions and so has twice the score; here it is the
 * paper's. The online method {@code gpo} makes the scores itself. arXiv:2410.02197.
 *
 * @param beta β above 0
 */
@Method(
        name = "gpo",
        kind = "loss",
        papers = "2410.02197",
        source = "arXiv:2410.02197",
        summary = "each log-ratio towards its preference score",
        formula = "(Δ − ŝ/β)²")
public record Gpo(@Default("0.001") double beta) implements SingleLoss {

    public Gpo {
        Require.positive("beta", beta);
    }

    private Composed composition() {
        return Composed.of(new LogRatio(), 1, new SquaredScore(1 / beta, 1));
    }

    @Override
    public Tensor each(SingleBatch batch) {
        return composition().on(batch);
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.ADVANTAGES;
    }

    @Override
    public Set<Signal> signals() {
        return composition().signals();
    }
}
