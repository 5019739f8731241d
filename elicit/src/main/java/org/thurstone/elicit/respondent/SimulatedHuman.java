package org.thurstone.elicit.respondent;

import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * A simulated annotator who perceives the judge's scores with noise: prefers the better completion with the Bradley–Terry probability
 * σ(gap / temperature), and then gives the opposite answer by mistake with probability {@code flipRate}. One draw per question, whatever the
 * answer; the better one is preferred if it is below that probability, whichever is shown first.
 *
 * @param temperature the gap, in the judge's unit, that makes the better one e times as likely as the other; 0 never errs, and tosses a
 *     coin for equals
 * @param flipRate in [0, 0.5]
 * @param tieBand gaps below this one are answered with a tie, in the judge's unit; 0 never ties
 */
@Method(
        name = "simulated-human",
        kind = "annotator",
        summary = "a simulated annotator with Bradley–Terry noise and random mistakes")
public record SimulatedHuman(
        @Default("1") double temperature,
        @Default("0") double flipRate,
        @Default("0") double tieBand) implements RespondentSource {

    public SimulatedHuman {
        if (!(temperature >= 0)) {
            throw new IllegalArgumentException("temperature " + temperature + " must be at least 0");
        }
        if (!(flipRate >= 0 && flipRate <= 0.5)) {
            throw new IllegalArgumentException("flipRate " + flipRate + " must be in 0…0.5");
        }
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
        String settings = "temperature=%s flip-rate=%s tie-band=%s".formatted(temperature, flipRate, tieBand);
        return FromScores.open("simulated-human", settings, opening, this::verdict);
    }

    /** @param gap by which the left one is better, at least 0, in the judge's unit */
    Preference verdict(double gap, RandomGenerator random) {
        double draw = random.nextDouble();
        if (gap < tieBand) {
            return new Preference.Tie();
        }
        return draw < probabilityOfLeft(gap) ? new Preference.Left() : new Preference.Right();
    }

    /**
     * The probability of answering "left", given that the answer is not a tie.
     *
     * @param gap the score of the left completion less that of the right one, in the judge's unit
     */
    public double probabilityOfLeft(double gap) {
        double perceived = gap == 0 ? 0.5 : 1 / (1 + Math.exp(-gap / temperature));
        return perceived * (1 - flipRate) + (1 - perceived) * flipRate;
    }
}
