package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.thurstone.recipe.Kitchen.CATALOGUE;
import static org.thurstone.recipe.Kitchen.recipe;
import static org.thurstone.recipe.Kitchen.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

    @TempDir
    Path dir;

    @Test
    void anUnknownKeyNamesItsLineAndTheNearestWord() {
        refused("name: a", "", "los: dpo").hasMessage("r.yaml:3: unknown key \"los\" (did you mean \"loss\"?)");
        refused("name: a", "loss: dpo", "optimiser:", "  beta: [1]")
                .hasMessage("r.yaml:4: optimiser: unknown key \"beta\" (did you mean \"betas\"?)");
        refused("name: a", "loss: {dpo: {label_smoothing: 0}}")
                .hasMessage("r.yaml:2: loss: unknown key \"label_smoothing\" (did you mean \"label-smoothing\"?)");
        refused("name: a", "loss: dpo", "optimiser: {xyzzy: 1}")
                .hasMessage("r.yaml:3: optimiser: unknown key \"xyzzy\" (expected one of betas, clip)");
    }

    @Test
    void anUnknownNameNamesTheNearest() {
        refused("name: a", "loss: dop").hasMessage("r.yaml:2: loss: unknown loss \"dop\" (did you mean \"dpo\"?)");
        refused("name: a", "loss: {qqq: {beta: 1}}")
                .hasMessage("r.yaml:2: loss: unknown loss \"qqq\" (expected one of dpo, ipo, sum)");
        refused("name: a", "loss: dpo", "schedule: warmupCosine")
                .hasMessage("r.yaml:3: schedule: unknown schedule \"warmupCosine\" (did you mean \"warmup-cosine\"?)");
    }

    @Test
    void allErrorsAreReportedAtOnceInTheOrderOfTheLines() {
        RecipeError error = catchThrowableOfType(
                RecipeError.class,
                () -> training(
                        "steps: many",
                        "name: a",
                        "name: b",
                        "loss: {name: dpo, beta: abc, gamma: 1}",
                        "optimiser:",
                        "  betas: 0.9"));
        assertThat(error.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "r.yaml:1: steps: \"many\" is not a whole number",
                        "r.yaml:3: the key \"name\" is given twice (first on line 2)",
                        "r.yaml:4: loss: unknown key \"gamma\" (expected one of beta, label-smoothing)",
                        "r.yaml:4: loss.beta: \"abc\" is not a number",
                        "r.yaml:6: optimiser.betas: expected a list, each a number, not \"0.9\": write [0.9]");
        assertThat(error).hasMessageContaining("many").hasMessageContaining("\nr.yaml:6: ");
    }

    @Test
    void missingPartsAreReported() {
        refused("loss: ipo").hasMessage("""
            r.yaml:1: name: is missing; expected text
            r.yaml:1: loss.tau: is missing; expected a number\
            """);
        refused("name:", "loss: dpo").hasMessage("r.yaml:1: name: has no value; expected text");
        refused("name: a", "loss:").hasMessage("r.yaml:2: loss: has no value; expected the name of a loss");
    }

    /** Alike enough that each could be a misspelling of another. */
    record Alike(String positive, String negative, int narrative, Optional<String> relative) {}

    @Test
    void aKeyThatIsMissingIsNamedHoweverAlikeTheOthersAre() {
        List<String> keys = List.of("positive", "negative", "narrative");
        for (int present = 0; present < 1 << keys.size(); present++) {
            for (String other : List.of("", "relative", "negatve", "positve", "narratve")) {
                StringBuilder yaml = new StringBuilder("{");
                for (int i = 0; i < keys.size(); i++) {
                    yaml.append((present >> i & 1) == 1 ? keys.get(i) + ": 1, " : "");
                }
                yaml.append(other.isEmpty() ? "" : other + ": 1").append("}");
                try {
                    recipe(yaml.toString()).bind(Alike.class);
                    assertThat(present).as(yaml.toString()).isEqualTo(7);
                } catch (RecipeError e) {
                    for (int i = 0; i < keys.size(); i++) {
                        if ((present >> i & 1) == 0) {
                            assertThat(e).as(yaml.toString()).hasMessageContaining(keys.get(i));
                        }
                    }
                    assertThat(e.problems()).as(yaml.toString()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void aRefusalHasAReason() {
        assertThatThrownBy(() -> new RecipeError(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aliasesThatStandForMoreThanMemoryHoldsAreRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 24; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> Recipe.parse(yaml.toString(), "r.yaml"))
                .isInstanceOf(RecipeError.class)
                .message()
                .startsWith("r.yaml:")
                .endsWith(
                        ": with all aliases written out, the recipe has more than 100,000 values; no recipe needs as many");
    }

    @Test
    void whatIsTooLongForAMessageIsShortened() {
        for (String name : List.of("A".repeat(1_000_000), "a".repeat(1_000_000), "aB".repeat(500_000))) {
            assertThatThrownBy(() -> recipe(name.substring(0, 1_000) + ": 1").bind(Kitchen.Number.class))
                    .isInstanceOf(RecipeError.class);
            assertThat(Names.kebab(name)).hasSizeGreaterThanOrEqualTo(1_000_000);
            RecipeError error = new RecipeError(new Place("r.yaml", 1), "unknown key " + name);
            assertThat(error.getMessage()).hasSizeLessThan(2_100).contains(" … ");
            assertThat(Names.nearest(name, List.of("beta", "loss"))).isEmpty();
        }
    }

    @Test
    void aConstructorsRefusalNamesTheLineOfTheKeyItSpeaksOf() {
        refused("name: a", "loss:", "  name: dpo", "  label-smoothing: 0.1", "  beta: -1")
                .hasMessage("r.yaml:5: loss: beta -1.0 is not above 0");
        refused("name: a", "loss:", "  name: dpo", "  labelSmoothing: 0.7")
                .hasMessage("r.yaml:4: loss: label-smoothing 0.7 is not below 0.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|\"abc\" is not a number",
                "'\"0.1\"'|\"0.1\" stands in quotes and is text, not a number",
                ".nan|NaN is not a valid value",
                "1e999|1e999 is too large for a double",
                "1e-999|1e-999 is too small for a double",
                "1__0|\"1__0\" is not a number",
                "_1|\"_1\" is not a number",
                "0x10|\"0x10\" is not a number",
                "−1|\"−1\" is not a number",
                "١|\"١\" is not a number",
                "1e|\"1e\" is not a number",
                "[1]|expected a number, not a list",
                "{a: 1}|expected a number, not a map",
            })
    void badNumbersAreRefused(String text, String message) {
        assertThatThrownBy(() -> recipe("x: " + text).bind(Kitchen.Number.class))
                .isInstanceOf(RecipeError.class)
                .hasMessage("r.yaml:1: x: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "-2147483649", "99999999999999999999999", "1e999999999"})
    void wholeNumbersDoNotOverflow(String text) {
        assertThatThrownBy(() -> recipe("x: " + text).bind(Kitchen.Whole.class))
                .hasMessage("r.yaml:1: x: " + text + " is outside the whole numbers from -2147483648 to 2147483647");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e-1", "ten", "true"})
    void wholeNumbersAreWhole(String text) {
        assertThatThrownBy(() -> recipe("x: " + text).bind(Kitchen.Big.class))
                .hasMessage("r.yaml:1: x: \"" + text + "\" is not a whole number");
    }

    @Test
    void otherTypesAreRefusedByName() {
        refused("r.yaml:1: x: write true instead of yes", "x: yes", Kitchen.Flag.class);
        refused("r.yaml:1: x: \"maybe\" is not true or false", "x: maybe", Kitchen.Flag.class);
        refused(
                "r.yaml:1: x: \"soon\" is not a duration; write 500ms, 90s, 15m, 1h30m or 2d",
                "x: soon",
                Kitchen.Time.class);
        refused(
                "r.yaml:1: x: \"90\" is not a duration; write 500ms, 90s, 15m, 1h30m or 2d",
                "x: 90",
                Kitchen.Time.class);
        refused(
                "r.yaml:1: x: unknown device \"first-cpu\" (did you mean \"first-gpu\"?)",
                "x: first-cpu",
                Kitchen.Choice.class);
        refused("r.yaml:1: x: expected a list, each a path, not a map", "x: {a: 1}", Kitchen.Files.class);
        refused(
                "r.yaml:1: x: expected a map of names, each a whole number, not a list",
                "x: [1]",
                Kitchen.Scored.class);
        refused("r.yaml:2: x.a: \"b\" is not a whole number", "x:\n  a: b", Kitchen.Scored.class);
        refused(
                "r.yaml:2: x.1: \"\\u0000\" is not a path: Nul character not allowed".replace("\\u0000", "\0"),
                "x: [a,\n \"\\0\"]",
                Kitchen.Files.class);
    }

    @Test
    void anAmbiguousPartIsRefused() {
        refused("name: a", "loss: {dpo: {}, ipo: {tau: 1}}")
                .hasMessage("r.yaml:2: loss: expected the name of a loss: write {name: …} with its parameters");
        refused("name: a", "loss: [dpo]").hasMessage("r.yaml:2: loss: expected the name of a loss, not a list");
        refused("name: a", "loss: {name: [dpo]}")
                .hasMessage("r.yaml:2: loss: expected the name of a loss as name, not a list");
    }

    @Test
    void twoSpellingsOfAKeyAreOneKeyTwice() {
        refused("name: a", "loss: {name: dpo, label-smoothing: 0, labelSmoothing: 0.1}")
                .hasMessage("r.yaml:2: loss: \"labelSmoothing\" is given twice, as label-smoothing in two spellings");
    }

    @Test
    void theRootIsAMap() {
        assertThatThrownBy(() -> recipe("- a", "- b"))
                .hasMessage("r.yaml:1: a recipe is a map of keys and values, not a list");
        assertThatThrownBy(() -> recipe("# a word", "dpo"))
                .hasMessage("r.yaml:2: a recipe is a map of keys and values, not \"dpo\"");
    }

    @Test
    void badYamlNamesItsLine() {
        assertThatThrownBy(() -> recipe("name: a", "loss:", "\tname: dpo"))
                .isInstanceOf(RecipeError.class)
                .hasMessage("r.yaml:3: a tab cannot indent YAML; use spaces");
        assertThatThrownBy(() -> recipe("name: a", "loss: {name: dpo"))
                .isInstanceOf(RecipeError.class)
                .hasMessageStartingWith("r.yaml:2: not YAML: ");
        assertThatThrownBy(() -> recipe("a: 1", "---", "b: 1"))
                .isInstanceOf(RecipeError.class)
                .hasMessageStartingWith("r.yaml:2: not YAML: ");
        assertThatThrownBy(() -> recipe("name: a", "loss: \u0001"))
                .isInstanceOf(RecipeError.class)
                .hasMessage("r.yaml:2: the character U+0001 cannot stand in YAML");
        assertThatThrownBy(() -> recipe("a: *nowhere"))
                .isInstanceOf(RecipeError.class)
                .hasMessageStartingWith("r.yaml:1: not YAML: ");
        assertThatThrownBy(() -> recipe("a: " + "[".repeat(100_000)))
                .isInstanceOf(RecipeError.class)
                .hasMessageStartingWith("r.yaml:1: ");
    }

    @Test
    void tagsKeysThatAreNoWordsAndLoopsAreRefused() {
        refused("name: a", "loss: !!java.net.URL dpo").hasMessageContaining("r.yaml:2: loss: the tag ");
        refused("name: a", "? [x]", ": 1", "loss: dpo").hasMessage("r.yaml:2: a key is a word, not a list or a map");
        refused("name: a", "loss: &l", "  sum: {of: [*l]}")
                .hasMessageContaining("an alias refers to what it is part of");
        refused("name: a", "loss: {<<: 3, name: dpo}").hasMessage("r.yaml:2: loss: \"<<\" merges maps, not \"3\"");
    }

    @Test
    void manyAliasesOfAliasesAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1]\n");
        for (int i = 1; i < 60; i++) {
            String one = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s, %s, %s]%n".formatted(i, i, one, one, one));
        }
        assertThatThrownBy(() -> Recipe.parse(bomb.toString(), "r.yaml")).isInstanceOf(RecipeError.class);
    }

    @Test
    void unreadableFilesAreReported() throws IOException {
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertThatThrownBy(() -> Recipe.parse(device))
                    .hasMessage(
                            device + ": this is a pipe or a device, not a file; write what comes out of it to a file"
                                    + " and name that");
        }
        Path missing = dir.resolve("missing.yaml");
        assertThatThrownBy(() -> Recipe.parse(missing)).hasMessage(missing + ": no such file");
        assertThatThrownBy(() -> Recipe.parse(dir)).hasMessage(dir + ": this is a directory, not a recipe");
        Path latin = Files.write(dir.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        assertThatThrownBy(() -> Recipe.parse(latin)).hasMessage(latin + ": not text in UTF-8");
        Path good = Files.writeString(dir.resolve("good.yaml"), "x: 1\ny: 2");
        assertThatThrownBy(() -> Recipe.parse(good).bind(Kitchen.Number.class))
                .hasMessageStartingWith(good + ":2: unknown key \"y\"");
    }

    @Test
    void aMistakeOfTheProgramIsNotBlamedOnTheRecipe() {
        record Bad(@Default("abc") double x) {}
        record Strange(Thread x) {}
        assertThatThrownBy(() -> recipe().bind(Bad.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Bad.x")
                .hasMessageContaining("not a number");
        assertThatThrownBy(() -> recipe("x: 1").bind(Strange.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Thread");
        assertThatThrownBy(() -> recipe("name: a", "loss: dpo").bind(Kitchen.Training.class, Catalogue.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Loss");
    }

    @Test
    void problemsCarryPlaceAndPath() {
        RecipeError error = catchThrowableOfType(
                RecipeError.class, () -> recipe("x: [a, 1.5]").bind(Kitchen.Scored.class));
        assertThat(error.problems())
                .isEqualTo(List.of(new Problem(
                        new Place("r.yaml", 1), "x", "expected a map of names, each a whole number, not a list")));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(String... lines) {
        return assertThatThrownBy(() -> recipe(lines).bind(Kitchen.Training.class, CATALOGUE))
                .isInstanceOf(RecipeError.class);
    }

    private static void refused(String message, String yaml, Class<? extends Record> type) {
        assertThatThrownBy(() -> recipe(yaml).bind(type))
                .isInstanceOf(RecipeError.class)
                .hasMessage(message);
    }
}
