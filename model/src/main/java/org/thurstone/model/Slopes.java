package org.thurstone.model;

import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.Tensor;

/**
 * The gradient of a loss by what a forward pass gave.
 *
 * @param logProbs (scored tokens): d loss / d log-probability
 * @param statistics (scored tokens) each: d loss / d statistic
 * @param states (scored tokens, size) each: d loss / d state; those before and after the token only
 */
public record Slopes(Optional<Tensor> logProbs, Map<Statistic, Tensor> statistics, Map<State, Tensor> states) {

    public Slopes {
        statistics = Map.copyOf(statistics);
        states = Map.copyOf(states);
        if (states.containsKey(State.LAYERS)) {
            throw new IllegalArgumentException("no gradient flows through the states of all layers");
        }
    }

    public static Slopes of(Tensor logProbs) {
        return new Slopes(Optional.of(logProbs), Map.of(), Map.of());
    }

    public static Slopes of(State state, Tensor slope) {
        return new Slopes(Optional.empty(), Map.of(), Map.of(state, slope));
    }
}
