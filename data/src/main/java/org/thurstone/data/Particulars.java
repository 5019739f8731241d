package org.thurstone.data;

import java.util.Optional;

/**
 * Optional fields of a comparison in addition to the two completions and the preference between them.
 *
 * @param rightPrompt what the right completion answers, where that is another prompt than the left one's
 * @param rationale why the preferred one is better, in words
 * @param scores the scores of the two completions
 */
public record Particulars(Optional<Prompt> rightPrompt, Optional<String> rationale, Optional<Scores> scores) {

    public static final Particulars NONE = new Particulars(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Scores of two completions, in the units of their source.
     *
     * @param left finite
     * @param right finite
     */
    public record Scores(double left, double right) {
        public Scores {
            if (!Double.isFinite(left) || !Double.isFinite(right)) {
                throw new IllegalArgumentException("scores " + left + " and " + right + " are not finite numbers");
            }
        }
    }

    public Particulars withRightPrompt(Prompt prompt) {
        return new Particulars(Optional.of(prompt), rationale, scores);
    }

    public Particulars withRationale(String words) {
        return new Particulars(rightPrompt, Optional.of(words), scores);
    }

    public Particulars withScores(double left, double right) {
        return new Particulars(rightPrompt, rationale, Optional.of(new Scores(left, right)));
    }
}
