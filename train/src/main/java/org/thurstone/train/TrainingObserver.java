package org.thurstone.train;

import java.nio.file.Path;
import java.util.Optional;

/** Observes training; training waits until each call returns. */
public interface TrainingObserver {

    TrainingObserver NONE = new TrainingObserver() {};

    /** After each step. A checkpoint, if one is due, is written from here. */
    default void step(StepMetrics metrics) {}

    /**
     * Before each evaluation.
     *
     * @param step how many steps have been made
     * @return false to leave it out, as a resumed run does that has it already
     */
    default boolean wantsEvaluation(long step) {
        return true;
    }

    /**
     * After each evaluation.
     *
     * @param step how many steps have been made
     */
    default void evaluation(long step, Evaluation evaluation) {}

    /** The newest checkpoint known to be good, for the message of a training that runs away. */
    default Optional<Path> lastGood() {
        return Optional.empty();
    }
}
