package org.thurstone.feedback.acquisition;

import java.util.List;
import org.thurstone.feedback.CandidatePair;

/**
 * Implicit-reward margins of pairs: DPO's implicit reward r̂(y) = beta·(log π(y) − log π_ref(y)) of the left
 * completion minus that of the right one, in nats, its sign free. The loop supplies it, since it holds the models.
 */
@FunctionalInterface
public interface Margins {

    /** One finite margin r̂(left) − r̂(right) for each pair, in their order. */
    double[] of(List<CandidatePair> pairs);
}
