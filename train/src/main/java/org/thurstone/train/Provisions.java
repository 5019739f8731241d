package org.thurstone.train;

import java.util.Optional;
import org.thurstone.model.Policy;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Need;

/**
 * What a training is provided with beside frozen log-probabilities, for losses that ask for it.
 *
 * @param reference the reference policy itself, for losses that look at its whole distribution or its states; it stays the caller's to close
 */
public record Provisions(Optional<Policy> reference) {

    public static final Provisions NONE = new Provisions(Optional.empty());

    /** Whether the reference has to run beside the policy for this loss. */
    public static boolean referenceNeeded(Loss loss) {
        return loss.needs().stream().anyMatch(Need::livingReference);
    }

    public static Provisions of(Policy reference) {
        return new Provisions(Optional.of(reference));
    }
}
