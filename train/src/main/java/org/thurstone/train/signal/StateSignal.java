package org.thurstone.train.signal;

import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.model.State;

/** (n, T, size): a hidden state of the policy at each token; no gradient flows. */
public record StateSignal(String name, String words, State state) implements PassSignal {

    @Override
    public PassRequest request() {
        return PassRequest.of(state);
    }

    @Override
    public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
        return pass -> PassReader.constant(pass.policy().states(state));
    }
}
