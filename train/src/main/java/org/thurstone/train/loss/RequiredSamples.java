package org.thurstone.train.loss;

import java.util.Optional;

/**
 * Completions that a loss needs in addition to those that are compared: sampled for each example's prompt at temperature 1, so that they follow
 * the distribution of their policy; or made from the data.
 *
 * @param from their source
 * @param each how many per example, at least 1
 */
public record RequiredSamples(From from, int each) {

    /** Source of the completions. */
    public enum From {
        /** Sampled from the reference, once per data set, before training. */
        REFERENCE("the reference"),
        /** Sampled from the current policy, again for each batch. */
        POLICY("the policy"),
        /** From the data: the reason why one completion of a pair is better, after a question that shows both. */
        RATIONALE("rationales, which come with the data"),
        /** From the data: each completion of a pair with more and more of its key phrases removed. */
        REMOVAL("completions without their key phrases");

        private final String words;

        From(String words) {
            this.words = words;
        }

        /** For messages. */
        public String words() {
            return words;
        }

        /** What it is that a loss looks at, for messages. */
        public String completions() {
            return fromData() ? words : "completions that " + words + " drew";
        }

        /** Whether they are made from the data when it is encoded, without sampling. */
        public boolean fromData() {
            return this == RATIONALE || this == REMOVAL;
        }
    }

    public RequiredSamples {
        if (each < 1) {
            throw new IllegalArgumentException("samples " + each + " is below 1");
        }
    }

    /** What serves two losses at once: as many as the one that needs more. */
    public static Optional<RequiredSamples> both(Optional<RequiredSamples> one, Optional<RequiredSamples> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        RequiredSamples a = one.get();
        RequiredSamples b = other.get();
        if (a.from != b.from) {
            throw new IllegalArgumentException("a loss looks at samples of " + a.from.words + " or of " + b.from.words
                    + ", not of both: put them into two trainings");
        }
        return Optional.of(new RequiredSamples(a.from, Math.max(a.each, b.each)));
    }
}
