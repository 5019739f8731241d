package org.thurstone.data;

/**
 * A rating of one completion.
 *
 * @param value the score, or 1 and 0 for desirable and undesirable; finite
 */
public record Rating(Prompt prompt, Completion completion, double value, Provenance provenance) implements Example {
    public Rating {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("rating " + value + " is not a finite number");
        }
    }
}
