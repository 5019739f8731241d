package org.thurstone.lab.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.recipe.Catalogue;

/** A replication's edition changes with the code that it runs, and with nothing else. */
class EditionsTest {

    private static final String PART = """
            package org.thurstone.other;
            import org.thurstone.recipe.Default;
            import org.thurstone.recipe.Method;
            @Method(name = "part", kind = "thing")
            public record Part(@Default("0.1") double beta) {
                public double twice() {
                    return 2 * beta;
                }
            }
            """;

    private static final String TOLD = """
            package org.thurstone.lab.made;
            import org.thurstone.lab.Description;
            import org.thurstone.lab.Findings;
            import org.thurstone.lab.Replication;
            import org.thurstone.lab.Trial;
            import org.thurstone.other.Part;
            public record Told() implements Replication {
                public Description about() {
                    return new Description("one", "two", "three");
                }
                public Findings experiment(Trial trial) {
                    throw new IllegalStateException("" + new Part(trial.seed()).twice());
                }
            }
            """;

    private static final String BY_NAME = """
            package org.thurstone.lab.made;
            import org.thurstone.lab.Description;
            import org.thurstone.lab.Findings;
            import org.thurstone.lab.Replication;
            import org.thurstone.lab.Trial;
            import org.thurstone.recipe.Catalogue;
            public record ByName() implements Replication {
                public Description about() {
                    return new Description("", "", "");
                }
                public Findings experiment(Trial trial) {
                    throw new IllegalStateException("" + Catalogue.installed());
                }
            }
            """;

    @TempDir
    private Path directory;

    private int compiled;

    @Test
    void executedCodeChangesTheEdition() throws IOException {
        String edition = edition("Told", PART, TOLD, "-g");
        assertThat(edition).matches("[0-9a-f]{12}");
        assertThat(edition("Told", PART, TOLD, "-g")).isEqualTo(edition);
        assertThat(edition("Told", PART, TOLD.replace("trial.seed()", "1 + trial.seed()"), "-g"))
                .as("its own code")
                .isNotEqualTo(edition);
        assertThat(edition("Told", PART.replace("2 * beta", "3 * beta"), TOLD, "-g"))
                .as("code that it uses")
                .isNotEqualTo(edition);
        assertThat(edition("Told", PART.replace("0.1", "0.2"), TOLD, "-g"))
                .as("a default that recipes take")
                .isNotEqualTo(edition);
    }

    @Test
    void metadataDoesNotChangeTheEdition() throws IOException {
        String edition = edition("Told", PART, TOLD, "-g");
        assertThat(edition("Told", PART, TOLD, "-g:none")).as("debugging").isEqualTo(edition);
        assertThat(edition("Told", PART, TOLD, "-parameters")).as("names").isEqualTo(edition);
        assertThat(edition(
                        "Told",
                        PART.replace("kind = \"thing\"", "kind = \"thing\", summary = \"a part\""),
                        TOLD.replace("\"one\"", "\"another claim\"").replace("\"two\"", "\"elsewhere\""),
                        "-g"))
                .as("prose")
                .isEqualTo(edition);
        assertThat(edition(
                        "Told",
                        "// A comment.\n\n" + PART,
                        TOLD.replace(
                                "Findings experiment(Trial trial) {", "Findings experiment(Trial trial) {\n// why\n"),
                        "-g"))
                .as("comments and lines")
                .isEqualTo(edition);
    }

    @Test
    void editionCoversAllPartsIfTheCatalogueIsUsed() throws IOException {
        assertThat(edition("ByName", PART.replace("2 * beta", "3 * beta"), BY_NAME, "-g"))
                .isNotEqualTo(edition("ByName", PART, BY_NAME, "-g"));
    }

    private String edition(String name, String part, String replication, String option) throws IOException {
        Path classes = Files.createDirectory(directory.resolve("classes-" + compiled++));
        Path parts = Files.writeString(classes.resolve("Part.java"), part);
        Path own = Files.writeString(classes.resolve(name + ".java"), replication);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of(option, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(parts, own))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, EditionsTest.class.getClassLoader())) {
            Class<? extends Record> type =
                    loader.loadClass("org.thurstone.other.Part").asSubclass(Record.class);
            return new Editions(Catalogue.of(List.of(type))).of(loader.loadClass("org.thurstone.lab.made." + name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
