package org.thurstone.rank;

import java.util.Optional;

/** Predicts battles with a fitted model. */
@FunctionalInterface
public interface OutcomePredictor {

    /** The outcome probabilities of a battle, whose outcome is ignored; empty if an item is unknown or the two cannot be compared. */
    Optional<OutcomeProbabilities> chances(Battle battle);
}
