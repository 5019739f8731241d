package org.thurstone.worlds.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;

class WarningsTest {

    private static final Warnings DEFAULTS = Recipe.parse("{}", "test").bind(Warnings.class, Catalogue.empty());

    private static void says(Optional<Warning> warning, Warning.Kind kind, String... words) {
        assertThat(warning).hasValueSatisfying(w -> {
            assertThat(w.kind()).isEqualTo(kind);
            assertThat(w.text()).contains(words);
            assertThat(w.line()).startsWith("warning: " + w.title() + ": " + w.text());
        });
    }

    @Test
    void eachWarningHasTheFigureAndARemedy() {
        says(
                DEFAULTS.kl("after 4 epochs", "the reference", 18339.817),
                Warning.Kind.KL,
                "after 4 epochs the policy is 18,339.8 nats per completion from the reference, above 8",
                "lower training.learning-rate");
        says(
                DEFAULTS.likelihood("after 1 epoch", -40, -60),
                Warning.Kind.LIKELIHOOD,
                "from -40.0 to -60.0 nats, by 50 %",
                "add a likelihood term");
        says(
                DEFAULTS.heldOutLoss("after 1 epoch", 0.5, "after 3 epochs", 0.8, true),
                Warning.Kind.HELD_OUT_LOSS,
                "lowest after 1 epoch (0.500) and has risen to 0.800 after 3 epochs, while the training loss continued"
                        + " to fall",
                "policy/ is the model with the lowest");
        says(
                DEFAULTS.distinct2("after iteration 2", 0.4),
                Warning.Kind.DISTINCT_2,
                "is 0.40 of the initial policy's, below 0.5");
        says(
                DEFAULTS.dropped(400, 1000, "they are empty"),
                Warning.Kind.DROPPED,
                "400 of 1,000 (40 %)",
                "they are empty");
    }

    @Test
    void figuresWithinTheThresholdsAndUnknownOnesRaiseNothing() {
        assertThat(DEFAULTS.kl("", "", 7.9)).isEmpty();
        assertThat(DEFAULTS.kl("", "", Double.NaN)).isEmpty();
        assertThat(DEFAULTS.likelihood("", -40, -43)).isEmpty();
        assertThat(DEFAULTS.likelihood("", -40, -30)).isEmpty();
        assertThat(DEFAULTS.likelihood("", Double.NaN, Double.NaN)).isEmpty();
        assertThat(DEFAULTS.heldOutLoss("", 0.5, "", 0.503, false)).isEmpty();
        assertThat(DEFAULTS.distinct2("", 0.6)).isEmpty();
        assertThat(DEFAULTS.distinct2("", Double.NaN)).isEmpty();
        assertThat(DEFAULTS.dropped(100, 1000, "")).isEmpty();
    }
}
