package org.thurstone.model.head;

import org.thurstone.model.Forward;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * One number for each scored token, or several, linear in a hidden state of its policy: W·h + b. It starts at 0 everywhere, so that an untrained
 * head predicts 0.
 *
 * @param state what it reads: before the token for a value, after it for a reward
 */
public record LinearHead(State state, Parameters parameters) implements AutoCloseable {

    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    public LinearHead {
        if (state == State.LAYERS) {
            throw new IllegalArgumentException("a linear head reads the state before or after a token");
        }
    }

    /** A fresh one for a policy's states. */
    public static LinearHead of(Policy policy, State state) {
        return of(policy, state, 1);
    }

    /** A head with several outputs for each token. */
    public static LinearHead of(Policy policy, State state, int outputs) {
        Tensor like = policy.parameters().all().values().iterator().next();
        return of(policy.stateSize(state), outputs, state, like.type(), like.device());
    }

    /** A fresh one for states of a size. */
    public static LinearHead of(int size, State state, DType type, Device device) {
        return of(size, 1, state, type, device);
    }

    private static LinearHead of(int size, int outputs, State state, DType type, Device device) {
        Parameters parameters = new Parameters();
        try (Scope scope = Scope.open()) {
            DType exact = type == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
            parameters.add(WEIGHT, Tensor.zeros(exact, device, outputs, size), true);
            parameters.add(BIAS, Tensor.zeros(exact, device, outputs), true);
        }
        return new LinearHead(state, parameters);
    }

    /** The values of the head on a forward pass, with their backward pass; open as long as the pass is. */
    public final class HeadValues {
        private final Tensor states;
        private final Tensor values;

        private HeadValues(Tensor given) {
            try (Gradients on = Gradients.on()) {
                this.states = given.to(parameters.get(WEIGHT).type()).detach().requiresGrad(true);
                Tensor all = states.linear(parameters.get(WEIGHT), parameters.get(BIAS));
                this.values = all.size(-1) == 1 ? all.squeeze(-1) : all;
            }
        }

        /** (scored tokens), or (scored tokens, outputs) where there are several: detached from any graph. */
        public Tensor values() {
            return values.detach();
        }

        /**
         * Adds to the head's gradients. Once per reading.
         *
         * @param gradient in the shape of the values: d loss / d value
         * @return (scored tokens, size): d loss / d state, to be handed to {@link Forward#backward(OutputGradients)}, or dropped where the policy
         *     under the head must not learn from it
         */
        public Tensor backward(Tensor gradient) {
            values.backward(gradient.detach().to(values.type()).to(values.device()));
            return states.grad().orElseThrow();
        }
    }

    /**
     * Reads the states of a pass that was asked for them.
     */
    public HeadValues read(Forward forward) {
        return new HeadValues(forward.states(state));
    }

    @Override
    public void close() {
        parameters.close();
    }
}
