package org.thurstone.feedback.annotator;

import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.recipe.Default;

/**
 * The probability σ(gap / temperature) itself, and no draw from it: a soft label. Nothing is drawn at random.
 *
 * @param temperature the gap, in the judge's unit, that makes the better one e times as likely as the other; above 0
 */
public record BradleyTerry(@Default("1") double temperature) implements Annotator {

    public BradleyTerry {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature " + temperature + " is not a finite number above 0");
        }
    }

    @Override
    public Preference annotate(CandidatePair pair, RandomGenerator random) {
        return new Preference.Soft(1 / (1 + Math.exp(-pair.gap().orElseThrow() / temperature)));
    }
}
