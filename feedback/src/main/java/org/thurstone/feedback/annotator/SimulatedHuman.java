package org.thurstone.feedback.annotator;

import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.recipe.Default;

/**
 * A person who feels the judge's scores through noise: prefers the better completion with the Bradley–Terry probability
 * σ(gap / temperature), and then, by slip of the hand, gives the opposite answer with probability {@code flipRate}. One draw a pair,
 * whatever the answer, so that a change of options does not shift the draws of later pairs.
 *
 * @param temperature the gap, in the judge's unit, that makes the better one e times as likely as the other; 0 never errs, and tosses a
 *     coin for equals
 * @param flipRate in [0, 0.5]
 * @param tieBand gaps below this one are answered with a tie, in the judge's unit; 0 never ties
 */
public record SimulatedHuman(
        @Default("1") double temperature,
        @Default("0") double flipRate,
        @Default("0") double tieBand) implements Annotator {

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
    public Preference annotate(CandidatePair pair, RandomGenerator random) {
        double draw = random.nextDouble();
        if (pair.gap().orElseThrow() < tieBand) {
            return new Preference.Tie();
        }
        return draw < probabilityOfLeft(pair.gap().orElseThrow()) ? new Preference.Left() : new Preference.Right();
    }

    /** The probability of answering "left", given that the answer is no tie. */
    public double probabilityOfLeft(double gap) {
        double felt = gap == 0 ? 0.5 : 1 / (1 + Math.exp(-gap / temperature));
        return felt * (1 - flipRate) + (1 - felt) * flipRate;
    }
}
