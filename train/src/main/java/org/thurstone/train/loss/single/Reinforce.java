package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * The score-function surrogate: −A·log π(y) + β·Σ_t sg[log π_t − log π_ref,t]·log π_t, whose gradient at the policy that drew y is the policy
 * gradient of A. A is the example's value: the reward of the completion minus a baseline. The second term regularises towards the reference token by
 * token, as in Nash-MD-PG: the gradient of each token includes its own log-ratio only, whereas that of the sequence-level divergence also includes
 * later ones. Williams, Machine Learning 8 (1992); arXiv:2312.00886.
 *
 * @param beta β at least 0; 0 needs no reference
 */
@Method(
        name = "reinforce",
        kind = "loss",
        papers = "2312.00886",
        source = "Williams (1992); arXiv:2312.00886",
        summary = "advantage-weighted log-probabilities of the policy's own samples",
        formula = "−A·log π(y) + β·Σ sg[log π/π_ref]·log π")
public record Reinforce(@Default("0") double beta) implements SingleLoss {

    public Reinforce {
        Require.notNegative("beta", beta);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        Tensor gained = batch.completions().sum().mul(batch.value()).neg();
        if (beta == 0) {
            return gained;
        }
        Tensor policy = batch.completions().policy();
        Tensor ratio = policy.detach().sub(batch.completions().reference());
        return gained.add(batch.completions().sumOf(ratio.mul(policy)).mul(beta));
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.ADVANTAGES;
    }

    @Override
    public Set<Signal> signals() {
        return beta == 0 ? Set.of() : Set.of(FrozenLogProbs.REFERENCE);
    }
}
