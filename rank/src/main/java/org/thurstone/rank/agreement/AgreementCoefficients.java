package org.thurstone.rank.agreement;

import java.util.List;
import java.util.Optional;
import org.thurstone.statistics.Estimate;

/**
 * The coefficients of agreement of all annotators.
 *
 * @param observed the share of pairs of labels that are the same, not corrected for chance
 * @param fleiss Fleiss's kappa
 * @param krippendorff Krippendorff's alpha
 * @param ac1 Gwet's AC1
 * @param linear Gwet's AC2 with linear weights; empty unless there are three labels in a known order
 * @param quadratic Gwet's AC2 with quadratic weights, likewise
 * @param specific the agreement on each label
 * @param correlation of labels that are numbers; else empty
 */
public record AgreementCoefficients(
        Estimate observed,
        Estimate fleiss,
        Estimate krippendorff,
        Estimate ac1,
        Optional<Estimate> linear,
        Optional<Estimate> quadratic,
        List<Estimate> specific,
        Optional<IntraclassCorrelation> correlation) {

    public AgreementCoefficients {
        specific = List.copyOf(specific);
    }

    /**
     * Computes all coefficients from the same resamples.
     *
     * @throws IllegalArgumentException if the distance needs numbers and a label is none, or an order and it is not known
     */
    public static AgreementCoefficients of(Labels labels, Disagreement distance, Agreement.Bootstrap bootstrap) {
        return Agreement.all(labels, distance, bootstrap);
    }
}
