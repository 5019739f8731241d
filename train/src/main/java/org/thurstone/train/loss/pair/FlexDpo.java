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
 * Flex-DPO: −log σ(β⁺·Δ_w − β⁻·Δ_l), with a smaller β for the rejected so that it falls more slowly. arXiv:2406.07327.
 *
 * @param betaChosen β⁺ above 0
 * @param betaRejected β⁻ above 0, usually below β⁺
 */
@Method(
        name = "flex-dpo",
        kind = "loss",
        papers = "2406.07327",
        source = "arXiv:2406.07327",
        summary = "DPO with a β for each side",
        formula = "−log σ(β⁺·Δ_w − β⁻·Δ_l)")
public record FlexDpo(
        @Default("0.1") double betaChosen, @Default("0.05") double betaRejected) implements PairLoss {

    public FlexDpo {
        Require.positive("beta-chosen", betaChosen);
        Require.positive("beta-rejected", betaRejected);
    }

    @Override
    public Tensor hard(PairBatch batch) {
        Tensor chosen = batch.chosen().logRatio().mul(betaChosen);
        Tensor rejected = batch.rejected().logRatio().mul(betaRejected);
        return chosen.sub(rejected).logSigmoid().neg();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
