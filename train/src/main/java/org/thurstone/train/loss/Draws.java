package org.thurstone.train.loss;

import java.util.Optional;

/**
 * Completions that a loss wants to see beside the data's: drawn for each example's prompt at temperature 1, so that they are what their policy
 * would say.
 *
 * @param from who says them
 * @param each how many for each example, at least 1
 */
public record Draws(From from, int each) {

    /** Who is asked. */
    public enum From {
        /** The reference: once for a data set, before training. */
        REFERENCE("the reference"),
        /** The policy as it is: anew for each batch. */
        POLICY("the policy");

        private final String words;

        From(String words) {
            this.words = words;
        }

        /** For messages. */
        public String words() {
            return words;
        }
    }

    public Draws {
        if (each < 1) {
            throw new IllegalArgumentException("samples " + each + " is below 1");
        }
    }

    /** What serves two losses at once: as many as the one that wants more. */
    static Optional<Draws> both(Optional<Draws> one, Optional<Draws> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        Draws a = one.get();
        Draws b = other.get();
        if (a.from != b.from) {
            throw new IllegalArgumentException("a loss looks at samples of " + a.from.words + " or of " + b.from.words
                    + ", not of both: put them into two trainings");
        }
        return Optional.of(new Draws(a.from, Math.max(a.each, b.each)));
    }
}
