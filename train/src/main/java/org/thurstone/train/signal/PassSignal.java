package org.thurstone.train.signal;

import java.util.Optional;
import org.thurstone.model.Policy;

/**
 * (n, T), or (n, T, size): values that are read off the forward passes of a batch: statistics of the policy's distribution, hidden states, what
 * the reference makes of the same tokens, or what a head learns on any of these.
 */
public non-sealed interface PassSignal extends TokenSignal {

    /** What the forward passes have to compute for it. */
    PassRequest request();

    /**
     * Makes its reader when a training starts, with a fresh head where it has one.
     *
     * @param reference there if the request asks for a pass of the reference
     * @param seed of what is random in a head
     */
    PassReader reader(Policy policy, Optional<Policy> reference, long seed);
}
