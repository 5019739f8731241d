package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.recipe.Kitchen.CATALOGUE;
import static org.thurstone.recipe.Kitchen.recipe;
import static org.thurstone.recipe.Kitchen.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.recipe.Kitchen.Constant;
import org.thurstone.recipe.Kitchen.Device;
import org.thurstone.recipe.Kitchen.Dpo;
import org.thurstone.recipe.Kitchen.Everything;
import org.thurstone.recipe.Kitchen.Ipo;
import org.thurstone.recipe.Kitchen.Optimiser;
import org.thurstone.recipe.Kitchen.Sum;
import org.thurstone.recipe.Kitchen.Training;
import org.thurstone.recipe.Kitchen.WarmupCosine;

class BindingTest {

    @Test
    void everyTypeBinds() {
        Everything all = recipe(
                        "i: 1_000",
                        "l: -9223372036854775808",
                        "d: 1e-7",
                        "b: true",
                        "s: żółć 偏好 🙂",
                        "path: runs/a b",
                        "duration: 1h30m",
                        "device: first-gpu",
                        "ints: [1, 2, 3e2]",
                        "weights: {zeta: 1, alpha: .inf}",
                        "maybe: ~",
                        "oi: 3",
                        "od: -.inf",
                        "loss: {name: ipo, tau: 0.5}",
                        "optimisers:",
                        "  - betas: []",
                        "  - clip: 1",
                        "losses: {first: dpo, second: {ipo: {tau: 2}}}")
                .bind(Everything.class, CATALOGUE);
        assertThat(all)
                .isEqualTo(new Everything(
                        1000,
                        Long.MIN_VALUE,
                        1e-7,
                        true,
                        "żółć 偏好 🙂",
                        Path.of("runs/a b").toAbsolutePath(),
                        Duration.ofMinutes(90),
                        Device.FIRST_GPU,
                        List.of(1, 2, 300),
                        Map.of("zeta", 1.0, "alpha", Double.POSITIVE_INFINITY),
                        Optional.empty(),
                        OptionalInt.of(3),
                        OptionalLong.empty(),
                        OptionalDouble.of(Double.NEGATIVE_INFINITY),
                        Optional.of(new Ipo(0.5)),
                        List.of(
                                new Optimiser(List.of(), OptionalDouble.empty()),
                                new Optimiser(List.of(0.9, 0.999), OptionalDouble.of(1))),
                        Map.of("first", new Dpo(0.1, 0), "second", new Ipo(2))));
        assertThat(all.weights().keySet()).containsExactly("zeta", "alpha");
    }

    @Test
    void missingKeysTakeTheirDefault() {
        assertThat(training("name: a", "loss: dpo"))
                .isEqualTo(new Training(
                        "a",
                        new Dpo(0.1, 0),
                        1e-4,
                        100,
                        new Constant(),
                        new Optimiser(List.of(0.9, 0.999), OptionalDouble.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss: {name: dpo, beta: 0.3}",
                "loss: {dpo: {beta: 0.3}}",
                "loss:\n  name: dpo\n  beta: 0.3",
                "loss:\n  dpo:\n    beta: 0.3",
                "loss: {name: 'dpo', \"beta\": 0.3, labelSmoothing: 0}",
                "loss: {name: dpo, beta: 0.3, label-smoothing: 0}"
            })
    void aPartIsNamedInAnyOfItsForms(String loss) {
        assertThat(training("name: a", loss).loss()).isEqualTo(new Dpo(0.3, 0));
    }

    @Test
    void aSealedInterfaceNeedsNoCatalogue() {
        assertThat(training("name: a", "loss: dpo", "schedule: {warmup-cosine: {warmup: 3}}")
                        .schedule())
                .isEqualTo(new WarmupCosine(3));
        assertThat(training("name: a", "loss: dpo", "schedule:", "  warmup-cosine:")
                        .schedule())
                .isEqualTo(new WarmupCosine(10));
    }

    @Test
    void partsNestInParts() {
        assertThat(training("name: a", "loss: {sum: {of: [dpo, {ipo: {tau: 1}}], weights: [1, 0.5]}}")
                        .loss())
                .isEqualTo(new Sum(List.of(new Dpo(0.1, 0), new Ipo(1)), List.of(1.0, 0.5)));
    }

    @Test
    void anchorsAndMergesAreFollowed() {
        Everything all = recipe(
                        "i: &n 5",
                        "l: *n",
                        "d: *n",
                        "b: false",
                        "s: *n",
                        "path: .",
                        "duration: 5s",
                        "device: CPU",
                        "ints: [*n, *n]",
                        "weights: &w {a: 1, b: 2}",
                        "optimisers: [&o {clip: 1}, {<<: *o, betas: [0.5]}, {<<: [*o], clip: 2}]",
                        "losses: {}")
                .bind(Everything.class, CATALOGUE);
        assertThat(all.ints()).containsExactly(5, 5);
        assertThat(all.s()).isEqualTo("5");
        assertThat(all.optimisers())
                .containsExactly(
                        new Optimiser(List.of(0.9, 0.999), OptionalDouble.of(1)),
                        new Optimiser(List.of(0.5), OptionalDouble.of(1)),
                        new Optimiser(List.of(0.9, 0.999), OptionalDouble.of(2)));
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "90s,90000", "1.5h,5400000", "1d2h3m4s5ms,93784005", "PT2M,120000", "0s,0"})
    void durationsAreWrittenAsPeopleDo(String text, long millis) {
        assertThat(recipe("x: " + text).bind(Kitchen.Time.class).x()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1e-7,1e-7", "1_000,1000", "-.5,-0.5", "+3,3", "1E3,1000", "2.,2", "010,10", "4.9e-324,4.9e-324"})
    void numbersAreReadAsWritten(String text, double value) {
        assertThat(recipe("x: " + text).bind(Kitchen.Number.class).x()).isEqualTo(value);
    }

    @Test
    void textIsKeptAsWritten() {
        assertThat(recipe("x: 007").bind(Kitchen.Word.class).x()).isEqualTo("007");
        assertThat(recipe("x: yes").bind(Kitchen.Word.class).x()).isEqualTo("yes");
        assertThat(recipe("x: \"\"").bind(Kitchen.Word.class).x()).isEmpty();
        assertThat(recipe("x: 'null'").bind(Kitchen.Word.class).x()).isEqualTo("null");
        assertThat(recipe("x: |-", "  two", "  lines").bind(Kitchen.Word.class).x())
                .isEqualTo("two\nlines");
    }

    @Test
    void listsAndMapsOfARecordCannotBeChanged() {
        assertThatThrownBy(() -> recipe("x: [a]").bind(Kitchen.Files.class).x().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(
                        () -> recipe("x: {a: 1}").bind(Kitchen.Scored.class).x().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anEmptyRecipeIsAllDefaults() {
        for (String empty : List.of("", "# nothing\n", "---\n", "{}", "~", "\uFEFF")) {
            assertThat(Recipe.parse(empty, "r.yaml").bind(Optimiser.class).betas())
                    .containsExactly(0.9, 0.999);
        }
    }
}
