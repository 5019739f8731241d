package org.thurstone.rank;

import java.util.Optional;

/** Predicts battles with a fitted model. */
@FunctionalInterface
public interface OutcomePredictor {

    /** The outcome probabilities of a battle, whose outcome is ignored; empty if an item is unknown or the two cannot be compared. */
    Optional<OutcomeProbabilities> chances(Battle battle);

    /**
     * The same if the left item were stronger.
     *
     * @param by how much, in the unit of the ratings
     * @return empty also if the model's probabilities do not go by the difference of two ratings
     */
    default Optional<OutcomeProbabilities> chances(Battle battle, double by) {
        return Optional.empty();
    }
}
