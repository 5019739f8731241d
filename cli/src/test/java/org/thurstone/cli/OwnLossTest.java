package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.loss.Loss;
import tools.jackson.databind.json.JsonMapper;

/** A loss of a user's own, compiled as the README says, is as good as ours. */
class OwnLossTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));

    @TempDir
    private Path jar;

    record Holder(@Default("dpo") Loss loss) {}

    @Test
    void recipesKnowItsName() throws IOException {
        compile(example());
        Loss loss = withJar(() -> Recipe.parse("loss: {my-hinge: {margin: 2}}", "own.yaml")
                .bind(Holder.class, Catalogue.installed())
                .loss());
        assertThat(loss).hasToString("MyHinge[beta=0.1, margin=2.0]");
    }

    @Test
    void theCommandListsItWithItsAuthorsWords() throws IOException {
        compile(example());
        Shell shell = withJar(() -> Shell.run("methods", "my-hinge"));
        assertThat(shell.code()).isZero();
        assertThat(shell.out())
                .contains("max(0, m − β·h)", "pairs beyond the margin have no gradient", "target margin");
    }

    @Test
    void itIsComputed() throws IOException {
        compile(example());
        Path cases = Files.writeString(jar.resolve("cases.jsonl"), """
                {"loss": "my-hinge", "pairs": [{"chosen": {"policy": [-1, -1.2], "reference": [-2, -1.2]},\
                 "rejected": {"policy": [-1], "reference": [-3]}}]}
                """);
        Shell shell = withJar(() -> Shell.run("loss", "eval", cases.toString()));
        // The log-ratios are 1 and 2, so h is −1.
        assertThat(JsonMapper.shared().readTree(shell.out()).get("loss").doubleValue())
                .isCloseTo(1 + 0.1, within(1e-12));
    }

    @Test
    void duplicateNameIsRefusedAndBothClassesAreNamed() throws IOException {
        Path taken = jar.resolve("Taken.java");
        Files.writeString(
                taken,
                Files.readString(example())
                        .replace("MyHinge", "Taken")
                        .replace("name = \"my-hinge\"", "name = \"dpo\""));
        compile(taken);
        Shell shell = withJar(() -> Shell.run("methods"));
        assertThat(shell.code()).isEqualTo(2);
        assertThat(shell.err())
                .contains(
                        "two of kind loss are called dpo",
                        "org.thurstone.train.loss.pair.Dpo",
                        "org.thurstone.examples.Taken",
                        jar.toString());
    }

    private static Path example() {
        return ROOT.resolve("examples/src/main/java/org/thurstone/examples/MyHinge.java");
    }

    /** As {@code javac -proc:full -cp …} does it, with the processor found on the class path. */
    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:full", "-cp", System.getProperty("java.class.path"), "-d", jar.toString());
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
    }

    private <T> T withJar(Supplier<T> work) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
