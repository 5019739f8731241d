package org.thurstone.model.sample;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.thurstone.recipe.Default;

/**
 * Sampling settings. Filters apply in the order of the components, each to the tokens that the previous one kept, as in Hugging Face's {@code
 * generate}.
 *
 * @param temperature divides the logits, at least 0; 0 always takes the most likely token, the lowest id among equals
 * @param topK sample only from the k most likely tokens, and those as likely as the last of them; empty for all
 * @param topP sample only from the most likely tokens whose probabilities add up to this, at least one; in (0, 1], empty for all
 * @param minP sample only from tokens at least this times as likely as the most likely token; in [0, 1], empty for all
 * @param maxTokens maximum number of tokens per completion, at least 1
 * @param stopStrings texts at which a completion stops; they are not part of the completion
 * @param stopTokens ids that end a completion in addition to EOS; they stay among its tokens, not in its text
 */
public record Sampling(
        @Default("1.0") double temperature,
        OptionalInt topK,
        OptionalDouble topP,
        OptionalDouble minP,
        @Default("256") int maxTokens,
        @Default("[]") List<String> stopStrings,
        @Default("[]") List<Integer> stopTokens) {

    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not a finite number of at least 0");
        }
        if (topK.isPresent() && topK.getAsInt() < 1) {
            throw new IllegalArgumentException("top-k " + topK.getAsInt() + " keeps no token: use 1 or more");
        }
        if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("top-p " + topP.getAsDouble() + " is outside 0 (exclusive) … 1");
        }
        if (minP.isPresent() && !(minP.getAsDouble() >= 0 && minP.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("min-p " + minP.getAsDouble() + " is outside 0 … 1");
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException(
                    "an answer of at most " + maxTokens + " tokens is not enough: use 1 or more");
        }
        stopStrings = List.copyOf(stopStrings);
        stopTokens = List.copyOf(stopTokens);
        if (stopStrings.contains("")) {
            throw new IllegalArgumentException("an empty stop string would end every answer at once");
        }
    }

    /** The model's own distribution at a temperature. */
    public static Sampling of(double temperature, int maxTokens) {
        return new Sampling(
                temperature,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                maxTokens,
                List.of(),
                List.of());
    }

    /** The likeliest token each time. */
    public static Sampling greedy(int maxTokens) {
        return of(0, maxTokens);
    }

    /** The same settings with some of them changed: {@code sampling.with(s -> s.topK = OptionalInt.of(50))}. */
    public Sampling with(Consumer<Draft> changes) {
        Draft draft = new Draft(this);
        changes.accept(draft);
        return draft.sampling();
    }

    public Sampling withTemperature(double other) {
        return with(s -> s.temperature = other);
    }

    /** Settings on their way to being others. */
    public static final class Draft {
        public double temperature;
        public OptionalInt topK;
        public OptionalDouble topP;
        public OptionalDouble minP;
        public int maxTokens;
        public List<String> stopStrings;
        public List<Integer> stopTokens;

        private Draft(Sampling from) {
            temperature = from.temperature;
            topK = from.topK;
            topP = from.topP;
            minP = from.minP;
            maxTokens = from.maxTokens;
            stopStrings = from.stopStrings;
            stopTokens = from.stopTokens;
        }

        private Sampling sampling() {
            return new Sampling(temperature, topK, topP, minP, maxTokens, stopStrings, stopTokens);
        }
    }
}
