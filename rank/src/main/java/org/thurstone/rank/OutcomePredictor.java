package org.thurstone.rank;

import java.util.Optional;

/** What a fitted model expects of a battle that it has not seen. */
@FunctionalInterface
public interface OutcomePredictor {

    /** Empty where it knows nothing of one of the two, or nothing that sets them apart. The battle's outcome is not looked at. */
    Optional<OutcomeProbabilities> chances(Battle battle);
}
