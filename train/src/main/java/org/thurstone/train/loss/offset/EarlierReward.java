package org.thurstone.train.loss.offset;

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
 * −w·(R(y_w) − R(y_l)), with R = log π_ref − log π_second the implicit reward of an earlier training that went from the second reference to the
 * reference. If that training also preferred y_w, a larger margin is required; if it preferred y_l, a smaller one. arXiv:2405.12739.
 *
 * @param weight w: λ times the β of the earlier reward
 */
@Method(
        name = "earlier-reward",
        kind = "offset",
        papers = "2405.12739",
        source = "arXiv:2405.12739",
        summary = "implicit reward of an earlier training as the margin",
        formula = "−w·[log π_ref/π_second](y_w) + w·[log π_ref/π_second](y_l)")
public record EarlierReward(@Default("0.05") double weight) implements Offset {

    public EarlierReward {
        Require.finite("weight", weight);
    }

    @Override
    public Tensor of(PairBatch pairs) {
        return reward(pairs.chosen()).sub(reward(pairs.rejected())).mul(-weight);
    }

    private static Tensor reward(Sequences completions) {
        return completions.sumOf(completions.reference().sub(completions.extra(FrozenLogProbs.SECOND_REFERENCE)));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, FrozenLogProbs.SECOND_REFERENCE);
    }
}
