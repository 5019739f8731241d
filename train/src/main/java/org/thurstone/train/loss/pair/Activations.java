package org.thurstone.train.loss.pair;

import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.train.signal.PassReader;
import org.thurstone.train.signal.PassRequest;
import org.thurstone.train.signal.PassSignal;

/** (n, T): the mean over units and layers of the reference's states at each token, for {@link SparsePo}; no gradient flows. */
record Activations(String name, String words) implements PassSignal {

    @Override
    public PassRequest request() {
        return PassRequest.ofReference(State.LAYERS);
    }

    @Override
    public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
        return pass -> {
            Forward forward = pass.reference().orElseThrow();
            return PassReader.constant(forward.states(State.LAYERS).mean(-1).mean(-1));
        };
    }
}
