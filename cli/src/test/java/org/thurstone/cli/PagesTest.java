package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the pages run as shown, in small; dev/run-docs runs them in full. */
class PagesTest {

    private static final Path DOCS = Path.of(System.getProperty("thurstone.root", ".."))
            .toAbsolutePath()
            .normalize()
            .resolve("docs");

    private static List<String> said;

    static List<String> pages() {
        return List.of(
                "quickstart.md",
                "own-data.md",
                "own-model.md",
                "judges.md",
                "endpoints.md",
                "ranking.md",
                "recipes.md");
    }

    /** All in one process: starting Java and libtorch takes longer than most of the commands. */
    @BeforeAll
    static void run(@TempDir Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PageRun.class.getName()));
        pages().forEach(page -> command.add(DOCS.resolve(page).toString()));
        int code = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        said = Files.readAllLines(log);
        assertThat(code).as(String.join("\n", said)).isZero();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfAPageRunsAsShown(String name) throws IOException {
        Page page = Page.read(DOCS.resolve(name));
        assertThat(page.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(said)
                        .as(String.join("\n", said))
                        .anyMatch(line -> line.startsWith(name + ":" + step.line() + ": fine")));
    }
}
