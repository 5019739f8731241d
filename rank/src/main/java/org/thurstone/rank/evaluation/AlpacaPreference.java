package org.thurstone.rank.evaluation;

/**
 * A judge's preference between a model's answer and a baseline's.
 *
 * @param instruction what names the instruction: its index, or its text
 * @param preference from 1, the baseline's is better, to 2, the model's is; NaN where the judge said nothing
 * @param baselineLength of the baseline's answer, in characters
 * @param modelLength of the model's answer, in characters
 */
public record AlpacaPreference(
        String model, String instruction, double preference, double baselineLength, double modelLength) {

    public AlpacaPreference {
        if (!(Double.isNaN(preference) || (preference >= 1 && preference <= 2))) {
            throw new IllegalArgumentException("the preference is " + preference + ", not within 1 … 2");
        }
    }

    /** The model's share of the point, in [0, 1]. */
    double score() {
        return preference - 1;
    }

    boolean judged() {
        return !Double.isNaN(preference);
    }
}
