package org.thurstone.train.loss.pair;

import java.util.Set;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Alignment by optimal transport: sorts the margins of the batch, and pushes each above the margin with the same rank in a second sorted set. The
 * gradient flows through the sorted values. Needs batches of more than one pair; weights and soft labels cannot be used. arXiv:2406.05882, algorithm
 * 1.
 *
 * @param beta β above 0
 * @param paired whether the policy's margins are compared with the reference's; if not, the log-ratios of the chosen with those of the rejected
 * @param labelSmoothing ε in [0, 0.5)
 */
@Method(
        name = "aot",
        kind = "loss",
        source = "arXiv:2406.05882, algorithm 1",
        summary = "stochastic dominance over the batch",
        formula = "−log σ(β·(sort(a) − sort(b)))")
public record Aot(
        @Default("0.1") double beta,
        @Default("true") boolean paired,
        @Default("0") double labelSmoothing) implements PairLoss {

    public Aot {
        Require.positive("beta", beta);
        Require.share("label-smoothing", labelSmoothing);
    }

    @Override
    public Tensor hard(PairBatch batch) {
        Sequences w = batch.chosen();
        Sequences l = batch.rejected();
        Tensor over = paired ? w.sum().sub(l.sum()) : w.logRatio();
        Tensor under = paired ? w.sumOf(w.reference()).sub(l.sumOf(l.reference())) : l.logRatio();
        Tensor gap = over.sort(0, false).values().sub(under.sort(0, false).values());
        return new Logistic(labelSmoothing).of(gap.mul(beta));
    }

    @Override
    public Tensor each(PairBatch batch) {
        if (!batch.certain()) {
            throw new UserError(
                    "aot sorts the pairs of a batch, so a soft label or a tie has no pair left to belong to:"
                            + " drop such pairs or take another loss");
        }
        double[] weights = batch.weight().toDoubles();
        for (double weight : weights) {
            if (weight != weights[0]) {
                throw new UserError("aot sorts the pairs of a batch, so a weight has no pair left to belong to:"
                        + " leave the weights out or take another loss");
            }
        }
        return hard(batch);
    }

    @Override
    public boolean couples() {
        return true;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
