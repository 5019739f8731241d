package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.recipe.Kitchen.CATALOGUE;
import static org.thurstone.recipe.Kitchen.recipe;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.recipe.Kitchen.Dpo;
import org.thurstone.recipe.Kitchen.Ipo;
import org.thurstone.recipe.Kitchen.Optimiser;
import org.thurstone.recipe.Kitchen.Sum;
import org.thurstone.recipe.Kitchen.Training;

class SettingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss: dpo",
                "loss: {name: dpo, beta: 0.5}",
                "loss: {dpo: {beta: 0.5}}",
                "loss: {dpo: }",
                "loss: {name: dpo, label-smoothing: 0}"
            })
    void aSettingReachesAPartInAnyOfItsForms(String loss) {
        assertThat(set(recipe("name: a", loss), "loss.beta=0.2").loss()).isEqualTo(new Dpo(0.2, 0));
    }

    @Test
    void aSettingReplacesAPart() {
        Recipe recipe = recipe("name: a", "loss: {name: dpo, beta: 0.5}");
        assertThat(set(recipe, "loss={name: ipo, tau: 3}").loss()).isEqualTo(new Ipo(3));
        assertThat(set(recipe, "loss=dpo").loss()).isEqualTo(new Dpo(0.1, 0));
        assertThat(set(recipe, "loss=ipo", "loss.tau=2").loss()).isEqualTo(new Ipo(2));
        assertThat(set(recipe, "loss={dpo: {beta: 0.4}}").loss()).isEqualTo(new Dpo(0.4, 0));
    }

    @Test
    void textValueIsSetVerbatim() {
        assertThat(recipe("loss: dpo")
                        .with("name", "{a: 'b")
                        .bind(Training.class, CATALOGUE)
                        .name())
                .isEqualTo("{a: 'b");
    }

    @Test
    void settingCreatesMissingMaps() {
        assertThat(set(Recipe.parse("", "r.yaml"), "name=a", "loss.ipo.tau=2", "optimiser.clip=1"))
                .isEqualTo(new Training(
                        "a",
                        new Ipo(2),
                        1e-4,
                        100,
                        new Kitchen.Constant(),
                        new Optimiser(List.of(0.9, 0.999), OptionalDouble.of(1))));
        assertThat(set(recipe("name: a", "loss: dpo", "optimiser:"), "optimiser.clip=2")
                        .optimiser()
                        .clip())
                .hasValue(2);
    }

    @Test
    void aSettingReachesItemsOfLists() {
        Recipe recipe = recipe("name: a", "loss: {sum: {of: [dpo, {name: ipo, tau: 1}]}}");
        assertThat(set(recipe, "loss.sum.of.1.tau=7", "loss.sum.of.0.beta=0.3", "loss.sum.of.2=dpo")
                        .loss())
                .isEqualTo(new Sum(List.of(new Dpo(0.3, 0), new Ipo(7), new Dpo(0.1, 0)), List.of()));
        assertThat(set(recipe("name: a"), "loss.sum.of.0=dpo", "loss.sum.weights=[1, 2e0]")
                        .loss())
                .isEqualTo(new Sum(List.of(new Dpo(0.1, 0)), List.of(1.0, 2.0)));
    }

    @Test
    void eitherSpellingSetsTheSameKey() {
        Recipe kebab = recipe("name: a", "loss: {name: dpo, label-smoothing: 0.1}", "learningRate: 1");
        assertThat(set(kebab, "loss.labelSmoothing=0.2", "learning-rate=3"))
                .satisfies(t -> assertThat(t.loss()).isEqualTo(new Dpo(0.1, 0.2)))
                .satisfies(t -> assertThat(t.learningRate()).isEqualTo(3));
    }

    @Test
    void plainTextNeedsNoQuotes() {
        assertThat(set(recipe("loss: dpo"), "name=a: #b *c = d").name()).isEqualTo("a: #b *c = d");
        assertThat(set(recipe("loss: dpo"), "name=\"\"").name()).isEmpty();
    }

    @Test
    void refusalsNameTheSetting() {
        Recipe recipe = recipe("name: a", "loss: dpo", "optimiser: {betas: [1]}");
        refused(recipe, "loss.beta=abc").hasMessage("--set loss.beta=abc: loss.beta: \"abc\" is not a number");
        refused(recipe, "los.beta=1").hasMessage("--set los.beta=1: unknown key \"los\" (did you mean \"loss\"?)");
        refused(recipe, "loss.beta=-1").hasMessage("--set loss.beta=-1: loss: beta -1.0 is not above 0");
        refused(recipe, "loss.beta=").hasMessage("--set loss.beta=: loss.beta: has no value; expected a number");
        refused(recipe, "steps.x=3").hasMessage("--set steps.x=3: steps: expected a whole number, not a map");
        refused(recipe, "loss").hasMessage("--set loss: expected key=value, such as loss.beta=0.2");
        refused(recipe, "=1").hasMessage("--set =1: expected key=value, such as loss.beta=0.2");
        refused(recipe, "loss..beta=1").hasMessage("--set loss..beta=1: the key has an empty part between its dots");
        refused(recipe, "loss={name: dpo").hasMessageStartingWith("--set loss={name: dpo: not YAML: ");
        refused(recipe, "optimiser.betas.3=1")
                .hasMessage("--set optimiser.betas.3=1: optimiser.betas is a list: \"3\" is not an index of it"
                        + " (0 to 0, or 1 to add one)");
        refused(recipe, "optimiser.betas.x=1").hasMessageContaining("\"x\" is not an index of it");
        refused(recipe, "loss={name: dpo, beta: 1, beta: 2}").hasMessageContaining("\"beta\" is given twice");
    }

    @Test
    void theRecipeItselfIsNotChanged() {
        Recipe recipe = recipe("name: a", "loss: dpo");
        set(recipe, "loss.beta=0.7", "name=b");
        assertThat(recipe.bind(Training.class, CATALOGUE)).isEqualTo(set(recipe));
        assertThat(set(recipe).name()).isEqualTo("a");
    }

    @Test
    void defaultsLieUnderneathToAnyDepth() {
        Recipe defaults = recipe(
                "name: base",
                "learning-rate: 5",
                "loss: {name: dpo, beta: 0.7, label-smoothing: 0.2}",
                "optimiser: {clip: 3, betas: [1]}");
        Training training = recipe(
                        "name: mine", "learningRate: 6", "loss: {name: dpo, beta: 0.3}", "optimiser: {betas: [2, 3]}")
                .withDefaults(defaults)
                .bind(Training.class, CATALOGUE);
        assertThat(training.name()).isEqualTo("mine");
        assertThat(training.learningRate()).isEqualTo(6);
        assertThat(training.loss()).isEqualTo(new Dpo(0.3, 0.2));
        assertThat(training.optimiser()).isEqualTo(new Optimiser(List.of(2.0, 3.0), OptionalDouble.of(3)));
        assertThat(recipe("loss: {name: ipo, tau: 1}")
                        .withDefaults(defaults)
                        .bind(Training.class, CATALOGUE)
                        .loss())
                .isEqualTo(new Ipo(1));
    }

    private static Training set(Recipe recipe, String... settings) {
        Recipe changed = recipe;
        for (String setting : settings) {
            changed = changed.with(setting);
        }
        return changed.bind(Training.class, CATALOGUE);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Recipe recipe, String setting) {
        return assertThatThrownBy(() -> set(recipe, setting)).isInstanceOf(RecipeError.class);
    }
}
