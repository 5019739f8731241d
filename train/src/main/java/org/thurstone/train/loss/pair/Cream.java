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
 * CREAM and OSP: DPO with a degree of confidence in the pair, p·(−log σ(β·h)) + (1−p)·(−log σ(−β·h)). CREAM's p is the consistency of two iterates'
 * rankings ((Kendall τ + 1)/2), OSP's is the judge's confidence. It is the label's probability, and is scaled here to set one confidence for the
 * whole data set. arXiv:2410.12735; arXiv:2405.14103.
 *
 * @param beta β above 0
 * @param consistency in [0, 1]: multiplies the label's distance from a tie; 1 leaves the labels unchanged
 */
@Method(
        name = "cream",
        kind = "loss",
        papers = {"2405.14103", "2410.12735"},
        source = "arXiv:2410.12735; arXiv:2405.14103",
        summary = "DPO with labels smoothed by consistency",
        formula = "−p·log σ(β·h) − (1−p)·log σ(−β·h)")
public record Cream(
        @Default("0.1") double beta, @Default("1") double consistency) implements PairLoss {

    public Cream {
        Require.positive("beta", beta);
        Require.unit("consistency", consistency);
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return new Dpo(beta, 0).hard(batch);
    }

    @Override
    public Tensor each(PairBatch batch) {
        Tensor belief = batch.probability().sub(0.5).mul(consistency).add(0.5);
        return new Dpo(beta, 0).each(batch.withProbability(belief));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
