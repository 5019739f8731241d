package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurstone.recipe.Kitchen.CATALOGUE;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    @Method(name = "mine", kind = "loss", summary = "a user's own")
    record Mine(@Default("2") int power) implements Kitchen.Loss {}

    /** What a user's jar has. */
    public static final class Jar implements MethodProvider {
        @Override
        public List<Class<? extends Record>> methods() {
            return List.of(Mine.class);
        }
    }

    @Test
    void aPartIsDescribedAsItDescribesItself() {
        NamedPart dpo = CATALOGUE.ofKind("loss").getFirst();
        assertThat(dpo)
                .isEqualTo(new NamedPart(
                        Kitchen.Dpo.class,
                        "dpo",
                        "loss",
                        List.of(1, 24),
                        "arXiv:2305.18290, eq. 7",
                        "direct preference optimisation",
                        "−log σ(β·h)",
                        List.of(
                                new Parameter("beta", "a number", Optional.of("0.1"), false),
                                new Parameter("label-smoothing", "a number", Optional.of("0"), false))));
        assertThat(CATALOGUE.named("ipo").getFirst().parameters())
                .containsExactly(new Parameter("tau", "a number", Optional.empty(), true));
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
    void aUsersJarAddsItsOwn(@TempDir Path jar) throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(MethodProvider.class.getName()), Jar.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withJar = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(withJar);
            Catalogue all = CATALOGUE.plusInstalled();
            assertThat(all.named("mine")).hasSize(1);
            assertThat(Recipe.parse("name: a\nloss: {mine: {power: 3}}", "r.yaml")
                            .bind(Kitchen.Training.class, all)
                            .loss())
                    .isEqualTo(new Mine(3));
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(CATALOGUE.plusInstalled().named("mine")).isEmpty();
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
    void whatCannotBeNamedIsRefused() {
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
