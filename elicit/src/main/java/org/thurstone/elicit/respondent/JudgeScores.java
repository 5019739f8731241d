package org.thurstone.elicit.respondent;

import java.util.EnumSet;
import java.util.Set;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Labels pairs by the judge's scores. Deterministic.
 *
 * @param tieBand gaps up to and including this one are ties, in the judge's unit; 0 makes only equal scores ties
 */
@Method(name = "judge", kind = "annotator", summary = "labels by the judge's scores")
public record JudgeScores(@Default("0") double tieBand) implements RespondentSource {

    public JudgeScores {
        if (!(tieBand >= 0)) {
            throw new IllegalArgumentException("tieBand " + tieBand + " must be at least 0");
        }
    }

    @Override
    public boolean needsJudge() {
        return true;
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.PAIR);
    }

    @Override
    public Respondent open(Opening opening) {
        return FromScores.open(
                "judge",
                "tie-band=" + tieBand,
                opening,
                (gap, random) -> gap <= tieBand ? new Preference.Tie() : new Preference.Left());
    }
}
