package org.thurstone.train.signal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/**
 * (n, T), or (n, T, outputs): the output of a linear head on the policy after each token; gradient flows to the head.
 *
 * @param head name of the head in saved states
 * @param outputs numbers per token, at least 1
 * @param trainsPolicy whether gradient flows to the policy under the head, too
 */
public record HeadSignal(String name, String words, String head, int outputs, boolean trainsPolicy)
        implements PassSignal {

    @Override
    public PassRequest request() {
        return PassRequest.of(State.AFTER);
    }

    @Override
    public PassReader reader(Policy policy, Optional<Policy> reference, long seed) {
        return new Reader(LinearHead.of(policy, State.AFTER, outputs));
    }

    private final class Reader implements PassReader {
        private final LinearHead linear;

        private Reader(LinearHead linear) {
            this.linear = linear;
        }

        @Override
        public SignalValues read(Pass pass) {
            LinearHead.HeadValues reading = linear.read(pass.policy());
            return new SignalValues() {
                @Override
                public Tensor values() {
                    return reading.values();
                }

                @Override
                public void backward(Tensor gradient, PassGradients policy) {
                    Tensor ofStates = reading.backward(gradient);
                    if (trainsPolicy) {
                        policy.add(State.AFTER, ofStates);
                    }
                }
            };
        }

        @Override
        public SequencedMap<String, Parameters> parameters() {
            return new LinkedHashMap<>(Map.of(head, linear.parameters()));
        }

        @Override
        public void close() {
            linear.close();
        }
    }
}
