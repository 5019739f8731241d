package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.thurstone.recipe.Kitchen.CATALOGUE;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.recipe.index.MethodIndex;

class CatalogueTest {

    @Method(name = "mine", kind = "loss", summary = "a user's own")
    record Mine(@Default("2") int power) implements Kitchen.Loss {}

    @Method(name = "mine", kind = "loss", summary = "another user's")
    record NotMine() implements Kitchen.Loss {}

    @Test
    void aPartIsDescribedAsItDescribesItself() {
        NamedPart dpo = CATALOGUE.ofKind("loss").getFirst();
        assertThat(dpo)
                .isEqualTo(new NamedPart(
                        Kitchen.Dpo.class,
                        "dpo",
                        "loss",
                        List.of("2404.19733", "2406.17312"),
                        "arXiv:2305.18290, eq. 7",
                        "direct preference optimisation",
                        "−log σ(β·h)",
                        List.of(
                                new Parameter("beta", "a number", Optional.of("0.1"), false, ""),
                                new Parameter("label-smoothing", "a number", Optional.of("0"), false, "")),
                        ""));
        assertThat(CATALOGUE.named("ipo").getFirst().parameters())
                .containsExactly(new Parameter("tau", "a number", Optional.empty(), true, ""));
        assertThat(CATALOGUE.named("sum").getFirst().parameters().getFirst().type())
                .isEqualTo("a list, each the name of a loss");
    }

    @Test
    void partsComeByKindAndName() {
        assertThat(CATALOGUE.parts()).extracting(NamedPart::name).containsExactly("dpo", "ipo", "sum", "dpo");
        assertThat(CATALOGUE.kinds()).containsExactly("loss", "trainer");
        assertThat(CATALOGUE.named("dpo")).extracting(NamedPart::kind).containsExactly("loss", "trainer");
        assertThat(CATALOGUE.named("nope")).isEmpty();
        assertThat(CATALOGUE.hint("ippo")).isEqualTo(" (did you mean \"ipo\"?)");
    }

    @Test
    void partsOfARecipeAreThoseWithinPartsToo() {
        Kitchen.Loss sum = new Kitchen.Sum(List.of(new Kitchen.Dpo(0.1, 0), new Mine(3)), List.of());
        record Holder(Optional<Kitchen.Loss> loss, int steps) {}
        assertThat(CATALOGUE.partsOf(new Holder(Optional.of(sum), 1)))
                .extracting(NamedPart::name, NamedPart::kind)
                .containsExactly(tuple("dpo", "loss"), tuple("sum", "loss"));
        assertThat(CATALOGUE.partsOf(new Holder(Optional.empty(), 1))).isEmpty();
    }

    @Test
    void indexesOfSeveralJarsAreMerged(@TempDir Path first, @TempDir Path second) throws IOException {
        index(first, "method " + Mine.class.getName() + "\ndoc Says.\n\nparam power of it\n");
        index(second, "method " + Kitchen.Dpo.class.getName() + "\nparam labelSmoothing ε\n");
        Catalogue all = installed(first, second);
        assertThat(all.parts()).extracting(NamedPart::name).containsExactly("dpo", "mine");
        assertThat(all.named("mine").getFirst().doc()).isEqualTo("Says.");
        assertThat(all.named("mine").getFirst().parameters().getFirst().doc()).isEqualTo("of it");
        assertThat(all.named("dpo").getFirst().parameters())
                .extracting(Parameter::doc)
                .containsExactly("", "ε");
        assertThat(Recipe.parse("name: a\nloss: {mine: {power: 3}}", "r.yaml")
                        .bind(Kitchen.Training.class, all)
                        .loss())
                .isEqualTo(new Mine(3));
    }

    @Test
    void aClassThatIsIndexedTwiceIsOneMethod(@TempDir Path first, @TempDir Path second) throws IOException {
        index(first, "method " + Mine.class.getName());
        index(second, "method " + Mine.class.getName());
        assertThat(installed(first, second).parts()).hasSize(1);
    }

    @Test
    void jarProblemsAreReportedWithTheirPlace(@TempDir Path first, @TempDir Path second) throws IOException {
        index(first, "method " + Mine.class.getName());
        index(second, "method " + NotMine.class.getName());
        assertThatThrownBy(() -> installed(first, second))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining(second.toString())
                .hasMessageContaining("two of kind loss are called mine: ")
                .hasMessageContaining(Mine.class.getName() + " in ")
                .hasMessageContaining(NotMine.class.getName() + " in ");
        index(second, "method a.Gone");
        assertThatThrownBy(() -> installed(first, second))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining(second.toString())
                .hasMessageContaining("cannot be loaded, compile its jar again")
                .hasMessageContaining("a.Gone");
        index(second, "methods");
        assertThatThrownBy(() -> installed(first, second))
                .isInstanceOf(RecipeError.class)
                .hasMessageContaining("line 1 is no line of an index");
    }

    private static void index(Path jar, String text) throws IOException {
        Path index = jar.resolve(MethodIndex.RESOURCE);
        Files.createDirectories(index.getParent());
        Files.writeString(index, text);
    }

    private static Catalogue installed(Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, CatalogueTest.class.getClassLoader()) {
            /** Only of these jars: what else is on the class path of this test has indexes too. */
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return findResources(name);
            }
        }) {
            return Catalogue.installed(loader);
        }
    }

    @Test
    void namesAreUniqueWithinAKind() {
        @Method(name = "dpo", kind = "loss")
        record Other() {}
        assertThatThrownBy(() -> CATALOGUE.plus(List.of(Other.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two of kind loss are called dpo")
                .hasMessageContaining("Other");
        assertThat(CATALOGUE.plus(List.of(Kitchen.Dpo.class)).parts()).hasSize(4);
    }

    @Test
    void invalidNamesAreRejected() {
        record Plain() {}
        @Method(name = "named", kind = "loss")
        record Named(String name) {}
        assertThatThrownBy(() -> Catalogue.of(List.of(Plain.class))).hasMessageContaining("has no @Method");
        assertThatThrownBy(() -> Catalogue.of(List.of(Named.class))).hasMessageContaining("\"name\" is taken");
    }

    @Test
    void aDefaultThatDoesNotFitIsFoundBeforeAnyoneLeavesItOut() {
        @Method(name = "bad", kind = "loss")
        record Bad(@Default("low") double beta) {}
        CATALOGUE.checkDefaults();
        assertThatThrownBy(() -> CATALOGUE.plus(List.of(Bad.class)).checkDefaults())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Bad.beta");
    }
}
