package org.thurstone.train.signal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurstone.data.UserError;
import org.thurstone.train.example.TrainingExample;

/** The values of {@link PromptSignal}s, by signal and by example id: vectors of one size each. */
public record PromptFeatures(Map<PromptSignal, Map<String, double[]>> bySignal) {

    public static final PromptFeatures NONE = new PromptFeatures(Map.of());

    public PromptFeatures {
        bySignal = Map.copyOf(bySignal);
    }

    /**
     * Computes what a loss needs.
     *
     * @param signals of the loss; those that are not about prompts are passed over
     * @param prompts asked for only if there is such a signal: embedding takes time
     */
    public static PromptFeatures of(Collection<Signal> signals, Supplier<EmbeddedPrompts> prompts) {
        List<PromptSignal> wanted = Signal.only(PromptSignal.class, signals);
        if (wanted.isEmpty()) {
            return NONE;
        }
        EmbeddedPrompts embedded = prompts.get();
        Map<PromptSignal, Map<String, double[]>> features = new HashMap<>();
        wanted.forEach(s -> features.put(s, s.provider().of(embedded)));
        return new PromptFeatures(features);
    }

    /**
     * The vector of one example.
     *
     * @throws UserError if there is none
     */
    public double[] of(PromptSignal signal, TrainingExample example) {
        return Optional.ofNullable(bySignal.get(signal))
                .flatMap(vectors -> Optional.ofNullable(vectors.get(example.id())))
                .orElseThrow(() -> new UserError("the loss needs " + signal.words()
                        + ", and there are none for example " + example.id() + ": provide them"));
    }
}
