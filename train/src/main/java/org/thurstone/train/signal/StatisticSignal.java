package org.thurstone.train.signal;

import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.model.Statistic;
import org.thurstone.tensor.Tensor;

/** (n, T): a statistic of the policy's distribution at each token; gradient flows. */
public record StatisticSignal(String name, String words, Statistic statistic) implements PassSignal {

    /** KL(π_ref ‖ π) at each token, in nats, exact. */
    public static final StatisticSignal FORWARD_KL = new StatisticSignal(
            "forward-kl", "the reference's divergence from the policy at each token", Statistic.FORWARD_KL);

    @Override
    public PassRequest request() {
        return PassRequest.of(statistic);
    }

    @Override
    public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
        return pass -> new PassReader.SignalValues() {
            @Override
            public Tensor values() {
                return pass.policy().statistic(statistic);
            }

            @Override
            public void backward(Tensor gradient, PassGradients into) {
                into.add(statistic, gradient);
            }
        };
    }
}
