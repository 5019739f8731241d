package org.thurstone.train;

import java.nio.file.Path;
import java.util.Optional;

/** Watches a training; whatever is not overridden is not watched. */
public interface TrainingObserver {

    /** Sees nothing. */
    TrainingObserver NOBODY = new TrainingObserver() {};

    /** After each step. A checkpoint, if one is due, is written from here: the training is at rest. */
    default void step(StepMetrics metrics, Training training) {}

    /**
     * After each evaluation.
     *
     * @param step how many steps had been made
     */
    default void evaluation(long step, Evaluation evaluation) {}

    /** The newest checkpoint known to be good, for the message of a training that runs away. */
    default Optional<Path> lastGood() {
        return Optional.empty();
    }
}
