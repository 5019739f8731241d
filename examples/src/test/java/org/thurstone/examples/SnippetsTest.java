package org.thurstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java that the documents show is that of the examples, which the build compiles. */
class SnippetsTest {

    private static final Path ROOT = Path.of(System.getProperty("thurstone.root", ".."));
    private static final Path SOURCES = ROOT.resolve("examples/src/main/java/org/thurstone/examples");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/library.md"})
    void javaInDocumentsIsCopiedFromExamples(String document) throws IOException {
        List<String> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                examples.add(flush(Files.readString(file)));
            }
        }
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve(document)));
        int blocks = 0;
        while (block.find()) {
            String shown = flush(block.group(1));
            assertThat(examples)
                    .as(document + " shows Java that is in no example:\n" + shown)
                    .anyMatch(e -> e.contains(shown));
            blocks++;
        }
        assertThat(blocks).isPositive();
    }

    /** Lines without their indentation, which differs where a method is shown without its class. */
    private static String flush(String java) {
        return java.replaceAll("(?m)^ +", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RankVotes", "TrainDpo", "Brevity", "MyHinge", "ChatService"})
    void anExampleHasAtMostFortyLinesAndTheReadmeLeadsToIt(String example) throws IOException {
        Path source = SOURCES.resolve(example + ".java");
        assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(40);
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("(" + ROOT.relativize(source) + ")");
        assertThat(Files.readString(ROOT.resolve("docs/library.md"))).contains(Files.readString(source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HttpRespondent", "CoinGame"})
    void anExampleThatExtendsTheHouseHasAtMostAHundredAndTwentyLines(String example) throws IOException {
        assertThat(Files.readAllLines(SOURCES.resolve(example + ".java"))).hasSizeLessThanOrEqualTo(120);
    }
}
