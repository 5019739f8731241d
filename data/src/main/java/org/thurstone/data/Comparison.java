package org.thurstone.data;

import java.util.OptionalDouble;

/**
 * Two completions of a prompt and a preference between them.
 *
 * @param left a completion of the prompt
 * @param right a completion of the same prompt, unless the particulars give another prompt for it
 * @param margin how much better the preferred one is, in the units of the annotator (a reward gap); empty where unknown
 */
public record Comparison(
        Prompt prompt,
        Completion left,
        Completion right,
        Preference preference,
        OptionalDouble margin,
        Provenance provenance,
        Particulars particulars)
        implements Example {
    public Comparison {
        if (margin.isPresent() && !Double.isFinite(margin.getAsDouble())) {
            throw new IllegalArgumentException("margin " + margin.getAsDouble() + " is not a finite number");
        }
    }

    /** A comparison without particulars. */
    public Comparison(
            Prompt prompt,
            Completion left,
            Completion right,
            Preference preference,
            OptionalDouble margin,
            Provenance provenance) {
        this(prompt, left, right, preference, margin, provenance, Particulars.NONE);
    }

    /** A comparison that left won. */
    public static Comparison of(Prompt prompt, Completion chosen, Completion rejected) {
        return new Comparison(
                prompt, chosen, rejected, new Preference.Left(), OptionalDouble.empty(), Provenance.UNKNOWN);
    }

    /** The probability that the chosen one is better, in [0.5, 1]. */
    public double confidence() {
        return Math.max(preference.probability(), 1 - preference.probability());
    }

    /** The preferred completion; of a tie, the left one. */
    public Completion chosen() {
        return preference.probability() >= 0.5 ? left : right;
    }

    /** The other completion; of a tie, the right one. */
    public Completion rejected() {
        return preference.probability() >= 0.5 ? right : left;
    }

    /** The prompt of the right completion. */
    public Prompt rightPrompt() {
        return particulars.rightPrompt().orElse(prompt);
    }

    /** The prompt of the {@link #chosen} completion. */
    public Prompt chosenPrompt() {
        return preference.probability() >= 0.5 ? prompt : rightPrompt();
    }

    /** The prompt of the {@link #rejected} completion. */
    public Prompt rejectedPrompt() {
        return preference.probability() >= 0.5 ? rightPrompt() : prompt;
    }

    public boolean tied() {
        return preference.probability() == 0.5;
    }
}
