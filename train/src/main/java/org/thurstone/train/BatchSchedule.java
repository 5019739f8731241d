package org.thurstone.train;

import java.util.List;

/**
 * The batch and the learning rate of each step. A step depends only on its number, so that training can be resumed at any step. Steps count from 0.
 */
public interface BatchSchedule {

    /** Steps of the whole training. */
    long steps();

    /** Steps that see all examples once. */
    long stepsPerEpoch();

    /** The summands of a step's loss, at least one, each with at least one example. */
    List<LossTerm> batch(long step);

    double learningRate(long step);

    /** The progress of training from 0 to 1, for losses with their own schedule. */
    default double progress(long step) {
        return (double) step / steps();
    }

    /** The step's number in messages. */
    default long number(long step) {
        return step + 1;
    }

    /** Whether held-out examples are looked at before this step; the one after the last counts, too. */
    default boolean evaluates(long step) {
        return step == steps() || step % stepsPerEpoch() == 0;
    }
}
