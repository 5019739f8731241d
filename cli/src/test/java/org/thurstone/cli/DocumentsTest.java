package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the documents point at is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)>\\s]+)>?[^)]*\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z+.-]*:|#|//|\\.\\./|~).*");

    static Stream<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>(
                Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/standalone/README.md")
                        .map(ROOT::resolve)
                        .toList());
        Path docs = ROOT.resolve("docs");
        if (Files.isDirectory(docs)) {
            try (Stream<Path> files = Files.walk(docs)) {
                files.filter(f -> f.toString().endsWith(".md")).forEach(found::add);
            }
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkedFilesExist(Path document) throws IOException {
        Assumptions.assumeTrue(Files.exists(document), () -> document + " is not there");
        assertThat(dangling(document, ROOT)).isEmpty();
    }

    @Test
    void missingFilesAreFound(@TempDir Path root) throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.createDirectories(root.resolve("train/src"));
        Files.writeString(root.resolve("LICENSE"), "");
        Path document = Files.writeString(root.resolve("docs/a.md"), """
                [fine](../LICENSE#top) [gone](b.md "title") [web](https://example.org/x) [here](#below)
                <img src="../picture.png">
                `train/src` and `train/src/Gone.java` and `./thurstone` and `runs/quickstart` and `../shared/x` and `a/b`,
                `train/…/x` and `train/*/x` and `/absolute`
                ```
                [code](is-not-a-link)
                ```
                """);
        assertThat(dangling(document, root))
                .containsExactlyInAnyOrder("b.md", "../picture.png", "train/src/Gone.java", "./thurstone");
    }

    /** Links are relative to the document; paths in backquotes to the root, where their first part is there. */
    private static List<String> dangling(Path document, Path root) throws IOException {
        String text = Files.readString(document).replaceAll("(?ms)^```.*?^```", "");
        List<String> dangling = new ArrayList<>();
        Matcher link = LINK.matcher(text.replaceAll("`[^`\n]*`", ""));
        while (link.find()) {
            String target = link.group(1) != null ? link.group(1) : link.group(2);
            boolean outside = target.matches("(?:[a-z][a-z+.-]*:|#|//).*");
            if (!outside && !Files.exists(document.resolveSibling(target.replaceFirst("[#?].*", "")))) {
                dangling.add(target);
            }
        }
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            String path = quoted.group(1);
            boolean plain = path.matches("[\\w./-]+")
                    && path.contains("/")
                    && !ELSEWHERE.matcher(path).matches();
            boolean ours = path.startsWith("./") || Files.exists(root.resolve(path.replaceFirst("/.*", "/")));
            if (plain && !path.startsWith("/") && ours && !Files.exists(root.resolve(path))) {
                dangling.add(path);
            }
        }
        return dangling;
    }
}
