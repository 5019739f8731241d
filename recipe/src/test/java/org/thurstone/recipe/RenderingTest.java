package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.recipe.Kitchen.CATALOGUE;
import static org.thurstone.recipe.Kitchen.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.recipe.Kitchen.Device;
import org.thurstone.recipe.Kitchen.Dpo;
import org.thurstone.recipe.Kitchen.Everything;
import org.thurstone.recipe.Kitchen.Ipo;
import org.thurstone.recipe.Kitchen.Optimiser;
import org.thurstone.recipe.Kitchen.Sum;

class RenderingTest {

    @Test
    void everyDefaultIsSpelledOut() {
        assertThat(Recipe.render(training("loss: dpo", "name: a"))).isEqualTo("""
            name: a
            loss:
              name: dpo
              beta: 0.1
              label-smoothing: 0.0
            learning-rate: 1e-4
            steps: 100
            schedule:
              name: constant
            optimiser:
              betas: [0.9, 0.999]
              clip: null
            """);
    }

    @Test
    void renderedRecipeBindsToAnEqualRecord() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("zeta: #1", 1e-300);
        weights.put("null", -0.0);
        weights.put("", Double.POSITIVE_INFINITY);
        Everything all = new Everything(
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Double.MIN_VALUE,
                false,
                "two\nlines: \"quoted\" # 🙂 ",
                Path.of("a b/ü").toAbsolutePath(),
                Duration.ofNanos(1_500_000_001),
                Device.FIRST_GPU,
                List.of(),
                weights,
                Optional.of("~"),
                OptionalInt.of(7),
                OptionalLong.of(1L << 40),
                OptionalDouble.of(Double.NEGATIVE_INFINITY),
                Optional.of(new Sum(List.of(new Dpo(1e22, 0), new Sum(List.of(), List.of(1.0))), List.of(3.0))),
                List.of(new Optimiser(List.of(0.5), OptionalDouble.empty())),
                Map.of("one", new Ipo(2)));
        String text = Recipe.render(all);
        Everything back = Recipe.parse(text, "rendered").bind(Everything.class, CATALOGUE);
        assertThat(back).isEqualTo(all);
        assertThat(back.weights().keySet()).containsExactlyElementsOf(weights.keySet());
        assertThat(Recipe.render(back)).isEqualTo(text);
    }

    @Test
    void valuesOfARecordBindToAnEqualRecordAndOmitDefaults() {
        Map<String, Double> weights = new LinkedHashMap<>();
        weights.put("", -0.0);
        Everything all = new Everything(
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Double.MIN_VALUE,
                false,
                "null",
                Path.of("a b/ü").toAbsolutePath(),
                Duration.ofNanos(1_500_000_001),
                Device.FIRST_GPU,
                List.of(1),
                weights,
                Optional.of("12"),
                OptionalInt.empty(),
                OptionalLong.of(1L << 40),
                OptionalDouble.empty(),
                Optional.of(new Sum(List.of(new Dpo(1e22, 0), new Sum(List.of(), List.of(1.0))), List.of())),
                List.of(new Optimiser(List.of(0.9, 0.999), OptionalDouble.empty())),
                Map.of("one", new Ipo(2)));
        Map<String, Object> values = Recipe.values(all);
        assertThat(Recipe.of(values, "values").bind(Everything.class, CATALOGUE))
                .isEqualTo(all);
        assertThat(values).doesNotContainKeys("oi", "od").containsEntry("optimisers", List.of(Map.of()));
        assertThatThrownBy(() -> Recipe.values(new Kitchen.Number(Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Infinity is not a finite number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "~",
                "null",
                "true",
                "1e5",
                "- a",
                "a: b",
                "#",
                "\t",
                "\n",
                "a\n",
                "\na",
                " a\n b",
                "a\r\nb",
                "'",
                "\"",
                "\\",
                "<<",
                "*a",
                "&a",
                "!x",
                "%",
                "@",
                "a #b",
                "{",
                "[",
                "é\u0301",
                "\u0007",
                "\u2028",
                "\uD83D\uDE42",
                "---",
                "a\tb\nc"
            })
    void anyTextSurvives(String text) {
        String rendered = Recipe.render(new Kitchen.Word(text));
        assertThat(Recipe.parse(rendered, "rendered").bind(Kitchen.Word.class).x())
                .as(rendered)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, 1e-7, 1.5e-10, 1e7, 123456789.125, Double.MAX_VALUE, Double.MIN_VALUE, 0.1})
    void anyNumberSurvives(double x) {
        String rendered = Recipe.render(new Kitchen.Number(x));
        assertThat(Recipe.parse(rendered, "rendered").bind(Kitchen.Number.class))
                .isEqualTo(new Kitchen.Number(x));
    }

    @Test
    void durationsAreWrittenAsPeopleDo() {
        assertThat(Recipe.render(new Kitchen.Time(Duration.ofMinutes(90)))).isEqualTo("x: 1h30m\n");
        assertThat(Recipe.render(new Kitchen.Time(Duration.ZERO))).isEqualTo("x: 0s\n");
        Kitchen.Time back = new Kitchen.Time(Duration.ofSeconds(-5));
        assertThat(Recipe.parse(Recipe.render(back), "rendered").bind(Kitchen.Time.class))
                .isEqualTo(back);
    }

    @Test
    void notANumberIsNotRendered() {
        assertThatThrownBy(() -> Recipe.render(new Kitchen.Number(Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
