package org.thurstone.feedback;

import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Completion;
import org.thurstone.data.Particulars.Scores;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;

/**
 * Two different completions of a prompt that an annotator could be asked about. Neither has to be the better one: preferences may run in
 * cycles.
 *
 * @param scores the judge's, in the judge's unit; empty where no judge has scored them
 */
public record CandidatePair(Prompt prompt, Completion left, Completion right, Optional<Scores> scores) {

    public CandidatePair {
        if (left.bareContent().equals(right.bareContent())) {
            throw new IllegalArgumentException(
                    "prompt \"%s\": a completion cannot be paired with its own content".formatted(prompt.id()));
        }
    }

    /** A pair with the judge's scores. */
    public CandidatePair(Prompt prompt, Completion left, Completion right, double leftScore, double rightScore) {
        this(prompt, left, right, Optional.of(new Scores(leftScore, rightScore)));
    }

    public CandidatePair withoutScores() {
        return new CandidatePair(prompt, left, right, Optional.empty());
    }

    /** The judge's score of the left one minus that of the right one; empty without a judge. */
    public OptionalDouble gap() {
        return scores.map(s -> OptionalDouble.of(s.left() - s.right())).orElse(OptionalDouble.empty());
    }

    /**
     * How much better the preferred one is by the judge's scores: the size of the gap, unless the preference contradicts it. The judge's
     * margin says nothing about a preference for the other side.
     */
    public OptionalDouble margin(Preference preference) {
        double lean = preference.probability() - 0.5;
        return gap().isPresent() && lean * gap().getAsDouble() >= 0
                ? OptionalDouble.of(Math.abs(gap().getAsDouble()))
                : OptionalDouble.empty();
    }
}
