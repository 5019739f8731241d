package org.thurstone.train.online;

import java.util.Set;
import org.thurstone.train.signal.Signal;

/** A method that trains on fresh samples. */
public interface OnlineMethod {

    /** Draws, has judged, and updates, once. */
    void step(Session session);

    /** What is trained in addition to the policy, such as a critic: {@link Signal}s that are not heads have no effect. */
    default Set<Signal> signals() {
        return Set.of();
    }

    /**
     * Whether each step is a training of its own, on samples of the policy as the step found it: optimiser and learning rate then start afresh
     * with each step, and steps are large. Otherwise they continue through all steps, and steps are small.
     */
    default boolean restarts() {
        return false;
    }
}
