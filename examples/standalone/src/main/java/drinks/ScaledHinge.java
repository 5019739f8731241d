package drinks;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Hinge on the scaled log-ratio margin.
 *
 * @param beta scale of the log-ratio, above 0
 * @param margin beyond which a pair has no gradient
 */
@Method(name = "scaled-hinge", kind = "loss", summary = "hinge on the log-ratio margin", formula = "max(0, m − β·h)")
public record ScaledHinge(
        @Default("0.1") double beta, @Default("1.0") double margin) implements PairLoss {
    @Override
    public Tensor hard(PairBatch pairs) {
        Tensor h = pairs.chosen().logRatio().sub(pairs.rejected().logRatio());
        return h.mul(-beta).add(margin).relu();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
