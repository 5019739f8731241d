package org.thurstone.model.head;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/**
 * A value network: a number for each scored token, from the state before it, by a network that shares no parameters with the policy. The value of
 * the prompt is the first token's.
 */
public final class Critic implements AutoCloseable {

    private final Policy trunk;
    private final LinearHead head;

    private Critic(Policy trunk, LinearHead head) {
        this.trunk = trunk;
        this.head = head;
    }

    /** A critic that starts with a copy of a policy's network and predicts 0. */
    public static Critic like(Policy policy) {
        Policy trunk = policy.snapshot();
        trunk.parameters().all().values().forEach(t -> t.requiresGrad(true));
        return new Critic(trunk, LinearHead.of(trunk, State.BEFORE));
    }

    /** All that is trained: its {@code trunk} and its {@code head}. */
    public SequencedMap<String, Parameters> parameters() {
        SequencedMap<String, Parameters> parts = new LinkedHashMap<>();
        parts.put("trunk", trunk.parameters());
        parts.put("head", head.parameters());
        return parts;
    }

    /** One forward pass, open until its gradients have been asked for. */
    public final class Pass {
        private final Forward forward;
        private final LinearHead.HeadValues reading;

        private Pass(List<TokenTree> trees, boolean training) {
            this.forward = trunk.forward(trees, ForwardRequest.states(training, State.BEFORE));
            this.reading = head.read(forward);
        }

        /** (scored tokens): detached from any graph. */
        public Tensor values() {
            return reading.values();
        }

        /**
         * Adds to the critic's gradients. Once per pass, within the scope in which it was made.
         *
         * @param gradient (scored tokens): d loss / d value
         */
        public void backward(Tensor gradient) {
            forward.backward(OutputGradients.of(State.BEFORE, reading.backward(gradient)));
        }
    }

    /**
     * The values of the scored tokens of trees.
     *
     * @param training whether {@link Pass#backward} will be called
     */
    public Pass forward(List<TokenTree> trees, boolean training) {
        return new Pass(trees, training);
    }

    @Override
    public void close() {
        head.close();
        trunk.close();
    }
}
