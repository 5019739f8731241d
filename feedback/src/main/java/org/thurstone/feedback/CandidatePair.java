package org.thurstone.feedback;

import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;

/**
 * Two different completions of a prompt that somebody could be asked about.
 *
 * @param leftScore the judge's score of the left one, at least that of the right one
 */
public record CandidatePair(Prompt prompt, Completion left, Completion right, double leftScore, double rightScore) {

    public CandidatePair {
        if (!(leftScore >= rightScore) || Double.isInfinite(leftScore) || Double.isInfinite(rightScore)) {
            throw new IllegalArgumentException(
                    "a pair's left score must be finite and at least its right score; got %s and %s for prompt \"%s\""
                            .formatted(leftScore, rightScore, prompt.id()));
        }
        if (left.text().plain().equals(right.text().plain())) {
            throw new IllegalArgumentException(
                    "prompt \"%s\": a completion cannot be paired with its own text".formatted(prompt.id()));
        }
    }

    /** How much better the left one is for the judge, at least 0. */
    public double gap() {
        return leftScore - rightScore;
    }

    /** What the pair becomes once somebody has answered, with no margin. */
    public Comparison labelled(Preference preference, Provenance provenance) {
        return new Comparison(prompt, left, right, preference, OptionalDouble.empty(), provenance);
    }

    /** What the pair becomes once the judge itself has answered: the score gap is the margin. */
    public Comparison labelledByJudge(Preference preference, Provenance provenance) {
        return new Comparison(prompt, left, right, preference, OptionalDouble.of(gap()), provenance);
    }
}
