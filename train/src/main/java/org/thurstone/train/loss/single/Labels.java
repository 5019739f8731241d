package org.thurstone.train.loss.single;

import org.thurstone.data.UserError;
import org.thurstone.train.loss.SingleBatch;

/** Checks the labels of losses over desirable and undesirable completions. */
final class Labels {

    private Labels() {}

    /** Refuses values that are not a probability of being desirable. */
    static void check(String loss, SingleBatch batch) {
        for (double value : batch.value().toDoubles()) {
            if (!(value >= 0 && value <= 1)) {
                throw new UserError(loss
                        + " needs 1 for a desirable and 0 for an undesirable completion, or a probability"
                        + " between them; one has the value " + value + ": set a threshold for the scores first");
            }
        }
    }
}
