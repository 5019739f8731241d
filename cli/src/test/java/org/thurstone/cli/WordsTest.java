package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No type and no sentence uses the words that readers of an earlier version stumbled over. Sentences are comments, string literals, pages of the
 * documentation, recipes and resources.
 */
class WordsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("thurstone.root", "..")).toAbsolutePath().normalize();

    /** This test, and pages that are generated with figures. */
    private static final List<String> EXEMPT = List.of("WordsTest.java", "docs/replications/");

    private static final Pattern TYPES = Pattern.compile(
            "\\b(?:class|record|interface|enum)\\s+(Slopes|Ask|Kept|Shelf|Made|Flat|Reading|Assembly|Provisions|Watch|Cast|Drawing|Fitting|Beside"
                    + "|Answering|Learning|StudiedPrompts|Asking|Asked|Pool|Lesson|Idle|Substitute|Came|Look|Sway|Kin|Quarrel)\\b");

    private static final Pattern PHRASES = Pattern.compile(
            "\\b(somebody|nobody|beside|by itself|came of|holds? on to|holding on to|is told from|gone on with|goes?"
                    + " on with|so said|wants|weighed|likeness(?:es)?|foretells?|foretold|sways?|kin|quarrels?|held"
                    + " against|catalogue (?:row|number)|went on|shall|by themselves|one's own|turned round|the heart"
                    + " of|who(?:m)?ever|Bradley and Terry's|worked sums?|to be had|is none of|at hand)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern FRAGMENTS = Pattern.compile("/\\*\\*[\\s*]*Of ");

    /** A string literal or a comment of Java. */
    private static final Pattern PROSE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|/\\*.*?\\*/|//[^\\n]*|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    @Test
    void typesHaveTheFieldsNames() throws IOException {
        assertThat(inJava(TYPES)).isEmpty();
    }

    @Test
    void sentencesArePlain() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(".java")) {
            String text = Files.readString(file);
            Matcher prose = PROSE.matcher(text);
            while (prose.find()) {
                find(PHRASES, prose.group(), prose.start(), file, text, found);
            }
        }
        for (Path file : files(".md", ".yaml", ".html", ".js", ".css")) {
            String text = Files.readString(file);
            // Quoted code, such as the old name of a key, is not prose.
            String prose = Pattern.compile("`[^`\\n]*`")
                    .matcher(text)
                    .replaceAll(m -> " ".repeat(m.group().length()));
            find(PHRASES, prose, 0, file, text, found);
        }
        assertThat(found).isEmpty();
    }

    /** A comment such as "Of each pair." does not say what it documents. */
    @Test
    void commentsBeginWithWhatTheyDocument() throws IOException {
        assertThat(inJava(FRAGMENTS)).isEmpty();
    }

    private static List<String> inJava(Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(".java")) {
            String text = Files.readString(file);
            find(pattern, text, 0, file, text, found);
        }
        return found;
    }

    private static void find(Pattern pattern, String part, int start, Path file, String text, List<String> found) {
        Matcher m = pattern.matcher(part);
        while (m.find()) {
            long line = text.substring(0, start + m.start()).lines().count();
            found.add(ROOT.relativize(file) + ":" + line + ": " + m.group());
        }
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> tops = Files.list(ROOT)) {
            return tops.filter(top -> !top.getFileName().toString().startsWith(".")
                            && !Set.of("target", "build")
                                    .contains(top.getFileName().toString()))
                    .flatMap(WordsTest::walk)
                    .filter(f -> Stream.of(endings).anyMatch(f.toString()::endsWith))
                    .filter(f -> EXEMPT.stream()
                            .noneMatch(ROOT.relativize(f).toString().replace('\\', '/')::contains))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> walk(Path top) {
        try {
            List<Path> files = new ArrayList<>();
            try (Stream<Path> all = Files.walk(top)) {
                all.filter(Files::isRegularFile)
                        .filter(f -> !f.toString().contains("/target/"))
                        .forEach(files::add);
            }
            return files.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
