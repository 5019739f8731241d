package org.thurstone.train.signal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.tensor.Tensor;

/** Gathers the gradients that signals hand back to the policy's pass. */
public final class PassGradients {

    private final Forward pass;
    private final Map<Statistic, Tensor> statistics = new EnumMap<>(Statistic.class);
    private final Map<State, Tensor> states = new EnumMap<>(State.class);

    public PassGradients(Forward pass) {
        this.pass = pass;
    }

    public void add(Statistic statistic, Tensor gradient) {
        statistics.merge(statistic, asThePolicy(gradient), Tensor::add);
    }

    /** The gradient of a state, in the policy's type and on its device. */
    public void add(State state, Tensor gradient) {
        states.merge(state, gradient, Tensor::add);
    }

    /**
     * Hands everything to the policy.
     *
     * @param logProbs (scored tokens): d loss / d log-probability; nothing if the loss does not depend on them
     */
    public void backward(Optional<Tensor> logProbs) {
        Optional<Tensor> given = logProbs.map(this::asThePolicy);
        if (statistics.isEmpty() && states.isEmpty()) {
            given.ifPresent(pass::backward);
        } else {
            pass.backward(new OutputGradients(given, statistics, states));
        }
    }

    private Tensor asThePolicy(Tensor gradient) {
        return gradient.to(pass.logProbs().type()).to(pass.logProbs().device());
    }
}
