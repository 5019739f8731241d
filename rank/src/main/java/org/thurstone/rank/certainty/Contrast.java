package org.thurstone.rank.certainty;

import java.util.Optional;
import org.thurstone.rank.DifferenceErrors;
import org.thurstone.statistics.Normal;

/**
 * The difference of two ratings, with its own error: not what the overlap of their intervals says, since their errors go together.
 *
 * @param difference the first rating less the second
 * @param low the lower end of its interval
 * @param high the upper end
 * @param standardError of the difference
 * @param pValue two-sided, of a difference as large where there is none, by the normal approximation
 */
public record Contrast(
        String item, String other, double difference, double low, double high, double standardError, double pValue) {

    /** Empty where one of the two has no rating, or they cannot be compared. */
    public static Optional<Contrast> of(DifferenceErrors errors, String item, String other, double level) {
        int i = errors.items().indexOf(item);
        int j = errors.items().indexOf(other);
        if (i < 0 || j < 0 || i == j || errors.group()[i] != errors.group()[j]) {
            return Optional.empty();
        }
        double difference = errors.ratings()[i] - errors.ratings()[j];
        double error = Math.sqrt(Math.max(0, errors.variance(i, j)));
        double half = Normal.quantile((1 + level) / 2) * error;
        return Optional.of(new Contrast(
                item,
                other,
                difference,
                difference - half,
                difference + half,
                error,
                2 * Normal.below(-Math.abs(difference) / error)));
    }
}
