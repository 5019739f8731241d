package org.thurstone.rank.file;

import java.util.Locale;
import java.util.Optional;
import org.thurstone.rank.Outcome;

/** How files encode outcomes. */
final class Outcomes {

    private Outcomes() {}

    /** Empty for other words. */
    static Optional<Outcome> of(String word, String left, String right) {
        if (word.equals(left)) {
            return Optional.of(Outcome.LEFT);
        }
        if (word.equals(right)) {
            return Optional.of(Outcome.RIGHT);
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "model_a", "model_1", "left", "a", "1", "1.0", "first", "item_a", "player_a", "player_1", "win" ->
                Optional.of(Outcome.LEFT);
            case "model_b",
                    "model_2",
                    "right",
                    "b",
                    "0",
                    "0.0",
                    "2",
                    "second",
                    "item_b",
                    "player_b",
                    "player_2",
                    "loss" -> Optional.of(Outcome.RIGHT);
            case "tie", "draw", "equal", "both", "0.5", "same" -> Optional.of(Outcome.TIE);
            case "tie (bothbad)", "tie(bothbad)", "bothbad", "both bad", "both_bad", "neither" ->
                Optional.of(Outcome.BOTH_BAD);
            default -> Optional.empty();
        };
    }
}
