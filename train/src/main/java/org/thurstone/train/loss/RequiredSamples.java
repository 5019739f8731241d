package org.thurstone.train.loss;

import java.util.Optional;

/**
 * Completions that a loss wants to see beside those that are compared: drawn for each example's prompt at temperature 1, so that they are what
 * their policy would say; or made of the data.
 *
 * @param from who says them
 * @param each how many for each example, at least 1
 */
public record RequiredSamples(From from, int each) {

    /** Where they are from. */
    public enum From {
        /** The reference: once for a data set, before training. */
        REFERENCE("the reference"),
        /** The policy as it is: anew for each batch. */
        POLICY("the policy"),
        /** Nobody: the reason why one completion of a pair is better, which comes with the data, after a question that shows both. */
        RATIONALE("rationales, which come with the data"),
        /** Nobody: each of a pair's completions with more and more of its key phrases taken out. */
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

        /** Whether they are made of the data when it is encoded, and nobody is asked. */
        public boolean fromData() {
            return this == RATIONALE || this == REMOVAL;
        }
    }

    public RequiredSamples {
        if (each < 1) {
            throw new IllegalArgumentException("samples " + each + " is below 1");
        }
    }

    /** What serves two losses at once: as many as the one that wants more. */
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
