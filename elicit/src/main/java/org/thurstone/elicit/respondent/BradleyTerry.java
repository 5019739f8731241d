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
 * Soft labels: the probability σ(gap / temperature) itself instead of a draw from it. Deterministic.
 *
 * @param temperature the gap, in the judge's unit, that makes the better one e times as likely as the other; above 0
 */
@Method(
        name = "bradley-terry",
        kind = "annotator",
        summary = "the Bradley–Terry probability of the judge's scores, as a soft label",
        formula = "σ(gap / T)")
public record BradleyTerry(@Default("1") double temperature) implements RespondentSource {

    public BradleyTerry {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not a finite number above 0");
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
                "bradley-terry",
                "temperature=" + temperature,
                opening,
                (gap, random) -> new Preference.Soft(1 / (1 + Math.exp(-gap / temperature))));
    }
}
