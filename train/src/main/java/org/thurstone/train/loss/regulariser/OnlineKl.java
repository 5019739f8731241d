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
 * w·KL(π ‖ π_ref) at the tokens of the better completion: computed over the whole vocabulary at each token, and not estimated from the sampled token.
 * On the policy's own samples, its sum over tokens is the KL penalty of reinforcement learning from human feedback.
 *
 * @param weight at least 0
 * @param averaging over the tokens of the batch, of each completion, or not at all
 */
@Method(
        name = "online-kl",
        kind = "regulariser",
        source = "standard",
        summary = "divergence from the reference, exact at each token",
        formula = "w·mean_t KL(π(·|y_<t) ‖ π_ref(·|y_<t))")
public record OnlineKl(
        @Default("0.05") double weight,
        @Default("completion") Averaging averaging) implements Regulariser {

    /** (n, T): KL(π ‖ π_ref) at each token, in nats, exact; gradient flows. */
    public static final StatisticSignal REVERSE_KL = new StatisticSignal(
            "reverse-kl", "the policy's divergence from the reference at each token", Statistic.REVERSE_KL);

    public OnlineKl {
        Require.notNegative("weight", weight);
    }

    @Override
    public Tensor of(Sequences better) {
        return averaging.of(better, better.extra(REVERSE_KL)).mul(weight);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(REVERSE_KL);
    }
}
