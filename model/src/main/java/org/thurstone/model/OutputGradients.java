package org.thurstone.model;

import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.Tensor;

/**
 * The gradient of a loss with respect to the outputs of a forward pass.
 *
 * @param logProbs (scored tokens): d loss / d log-probability
 * @param statistics (scored tokens) each: d loss / d statistic
 * @param states (scored tokens, size) each: d loss / d state; those before and after the token only
 */
public record OutputGradients(Optional<Tensor> logProbs, Map<Statistic, Tensor> statistics, Map<State, Tensor> states) {

    public OutputGradients {
        statistics = Map.copyOf(statistics);
        states = Map.copyOf(states);
        if (states.containsKey(State.LAYERS)) {
            throw new IllegalArgumentException("no gradient flows through the states of all layers");
        }
    }

    public static OutputGradients of(Tensor logProbs) {
        return new OutputGradients(Optional.of(logProbs), Map.of(), Map.of());
    }

    public static OutputGradients of(State state, Tensor slope) {
        return new OutputGradients(Optional.empty(), Map.of(), Map.of(state, slope));
    }
}
