package org.thurstone.train.loss.regulariser;

import java.util.Set;
import org.thurstone.model.Statistic;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StatisticSignal;

/**
 * −w times the entropy of the policy at the tokens of the better completion, computed exactly: keeps the policy from becoming deterministic.
 *
 * @param weight at least 0
 * @param averaging over the tokens of the batch, of each completion, or not at all
 */
@Method(
        name = "entropy",
        kind = "regulariser",
        source = "standard",
        summary = "a bonus for entropy at each token",
        formula = "−w·mean_t H(π(·|y_<t))")
public record Entropy(
        @Default("0.01") double weight,
        @Default("completion") Averaging averaging) implements Regulariser {

    /** (n, T): −Σ_v π(v)·log π(v), in nats; gradient flows. */
    public static final StatisticSignal ENTROPY =
            new StatisticSignal("entropy", "the entropy at each token", Statistic.ENTROPY);

    public Entropy {
        Require.notNegative("weight", weight);
    }

    @Override
    public Tensor of(Sequences better) {
        return averaging.of(better, better.extra(ENTROPY)).mul(-weight);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(ENTROPY);
    }
}
