package org.thurstone.feedback.annotator;

import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.recipe.Default;

/**
 * The judge's own scores decide; nothing is drawn at random.
 *
 * @param tieBand gaps up to and including this one are ties, in the judge's unit; 0 makes only equal scores ties
 */
public record JudgeScores(@Default("0") double tieBand) implements Annotator {

    public JudgeScores {
        if (!(tieBand >= 0)) {
            throw new IllegalArgumentException("tieBand " + tieBand + " must be at least 0");
        }
    }

    @Override
    public Preference annotate(CandidatePair pair, RandomGenerator random) {
        return pair.gap().orElseThrow() <= tieBand ? new Preference.Tie() : new Preference.Left();
    }
}
