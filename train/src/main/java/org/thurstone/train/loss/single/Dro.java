package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Direct reward optimisation: ½·(r − V(x) − τ·Δ)², minimised jointly by the policy and a separate value network; each treats the other's part of the
 * residual as constant. The policy's step is divided by τ, as the authors do, so that τ does not change its size; the reported value is still the
 * joint loss. Rewards come from the data and should be standardised. At the optimum V is τ·log E_ref exp(r/τ), Δ is (r − V)/τ, and the loss 0.
 * arXiv:2405.19107.
 *
 * @param tau τ above 0
 */
@Method(
        name = "dro",
        kind = "loss",
        papers = "2405.19107",
        source = "arXiv:2405.19107",
        summary = "rewards of single completions, regressed by policy and value network together",
        formula = "½·(r − V(x) − τ·Δ)²")
public record Dro(@Default("1") double tau) implements SingleLoss {

    public Dro {
        Require.positive("tau", tau);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        Tensor value = batch.completions().extra(CriticSignal.VALUE).select(1, 0); // of the prompt
        Tensor ratio = batch.completions().logRatio();
        Tensor slowed = ratio.detach().add(ratio.sub(ratio.detach()).div(tau));
        return batch.value().sub(value).sub(slowed.mul(tau)).square().mul(0.5);
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.SCORES;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, CriticSignal.VALUE);
    }
}
