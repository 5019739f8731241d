package org.thurstone.train;

import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.signal.Signal;

/**
 * What is known of the prompts of examples, by need and by example id: vectors of one length each.
 */
public record PromptFacts(Map<Signal, Map<String, double[]>> byNeed) {

    public static final PromptFacts NONE = new PromptFacts(Map.of());

    public PromptFacts {
        byNeed = Map.copyOf(byNeed);
    }

    /**
     * Of one example.
     *
     * @throws UserError if there is none
     */
    double[] of(Signal signal, TrainingExample example) {
        return Optional.ofNullable(byNeed.get(signal))
                .flatMap(facts -> Optional.ofNullable(facts.get(example.id())))
                .orElseThrow(() -> new UserError("the loss needs " + signal.words()
                        + ", and there are none for example " + example.id() + ": provide them"));
    }
}
