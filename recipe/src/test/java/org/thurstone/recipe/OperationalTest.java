package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperationalTest {

    /** @param limit decides no result */
    record Caller(String model, int limit) implements Operational {
        @Override
        public Record whatDecides() {
            return new Caller(model, 8);
        }
    }

    record Recipes(Optional<Caller> one, List<Caller> many, Map<String, Caller> named, Inner inner, double rate) {}

    record Inner(Caller caller, String text) {}

    @Test
    void operationalSettingsAreAtTheirDefaultsWhereverTheyStand() {
        Caller caller = new Caller("m", 3);
        Caller deciding = new Caller("m", 8);
        assertThat(Recipe.deciding(new Recipes(
                        Optional.of(caller), List.of(caller), Map.of("a", caller), new Inner(caller, "t"), 0.5)))
                .isEqualTo(new Recipes(
                        Optional.of(deciding),
                        List.of(deciding),
                        Map.of("a", deciding),
                        new Inner(deciding, "t"),
                        0.5));
    }

    @Test
    void aRecordWithoutAnyStaysAsItIs() {
        Inner inner = new Inner(new Caller("m", 8), "t");
        assertThat(Recipe.deciding(inner)).isSameAs(inner);
    }
}
