package org.thurstone.recipe.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processor writes while a jar is compiled, and what it refuses. */
class MethodProcessorTest {

    @TempDir
    private Path classes;

    @Test
    void recordsAreIndexedWithTheirComments() throws IOException {
        assertThat(compile("""
                package a;

                import org.thurstone.recipe.Method;

                interface Outer {
                    /**
                     * The {@code inner} one.
                     *
                     * @param labelSmoothing ε
                     */
                    @Method(name = "inner", kind = "loss")
                    record Inner(double labelSmoothing) {}

                    /// In *Markdown*, see [Inner].
                    ///
                    /// @param beta above 0
                    @Method(name = "inner", kind = "link")
                    record Marked(double beta) {}

                    @Method(name = "bare", kind = "loss")
                    record Bare() {}

                    /** No method. */
                    record Other() {}
                }
                """)).isEmpty();
        assertThat(MethodIndex.read(Files.readString(classes.resolve(MethodIndex.RESOURCE))))
                .containsExactly(
                        new IndexedMethod("a.Outer$Bare", DocComment.NONE),
                        new IndexedMethod(
                                "a.Outer$Inner", new DocComment("The `inner` one.", Map.of("labelSmoothing", "ε"))),
                        new IndexedMethod(
                                "a.Outer$Marked",
                                new DocComment("In *Markdown*, see `Inner`.", Map.of("beta", "above 0"))));
    }

    @Test
    void aJarWithoutMethodsHasNoIndex() throws IOException {
        assertThat(compile("package a; record Plain() {}")).isEmpty();
        assertThat(classes.resolve(MethodIndex.RESOURCE)).doesNotExist();
    }

    @Test
    void unnamableMethodIsACompileError() throws IOException {
        String start = "package a; import org.thurstone.recipe.Method; ";
        assertThat(compile(start + "@Method(name = \"x\", kind = \"loss\") class Plain {}"))
                .contains("@Method is for records, and a.Plain is none");
        assertThat(compile(start + "@Method(name = \"x\", kind = \" \") record Blank() {}"))
                .contains("a method has a name and a kind, and a.Blank has none");
        assertThat(compile(start + "@Method(name = \"x\", kind = \"loss\") record Named(String name) {}"))
                .contains("would hide the method's own name in recipes: a.Named");
        assertThat(compile(start
                        + "@Method(name = \"x\", kind = \"loss\") record One() {}"
                        + "@Method(name = \"x\", kind = \"loss\") record Two() {}"))
                .contains("two of kind loss are called x: a.One and a.Two");
        assertThat(classes.resolve(MethodIndex.RESOURCE)).doesNotExist();
    }

    /** What the compiler said; empty where all went well. */
    private String compile(String text) throws IOException {
        Path source = classes.resolve("Source.java");
        Files.writeString(source, text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "-Xlint:all,-path,-processing", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source));
            task.setProcessors(List.of(new MethodProcessor()));
            assertThat(task.call())
                    .as(said.toString())
                    .isEqualTo(said.toString().isEmpty());
        }
        return said.toString();
    }
}
