package org.thurstone.worlds.language;

import java.util.Set;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Loss;

/**
 * The learning rate of a recipe that names none. A model's own weights move at the defaults of TRL 1.13's trainers, 2e-5 for demonstrations
 * (SFTConfig) and 1e-6 for preferences (DPOConfig, KTOConfig, CPOConfig, ORPOConfig); an adapter, which starts from nothing, at ten times that, as in
 * TRL's example scripts. Written recipes show the number.
 */
public final class DefaultLearningRate {

    private static final String DEMONSTRATIONS = "2e-5";
    private static final String PREFERENCES = "1e-6";
    private static final String DEMONSTRATIONS_ADAPTER = "2e-4";
    private static final String PREFERENCES_ADAPTER = "1e-5";

    private DefaultLearningRate() {}

    /** The recipe with {@code training.learning-rate}, its own where it has one. */
    public static Recipe in(Recipe written, Loss loss, boolean adapter) {
        boolean demonstrations = loss.accepts().equals(Set.of(ExampleKind.DEMONSTRATION));
        return in(
                written,
                demonstrations
                        ? (adapter ? DEMONSTRATIONS_ADAPTER : DEMONSTRATIONS)
                        : (adapter ? PREFERENCES_ADAPTER : PREFERENCES));
    }

    /** The same for an online method. */
    static Recipe online(Recipe written) {
        return in(written, PREFERENCES);
    }

    private static Recipe in(Recipe written, String rate) {
        return written.withDefaults(
                Recipe.parse("training: {learning-rate: " + rate + "}", "the default learning rate"));
    }
}
