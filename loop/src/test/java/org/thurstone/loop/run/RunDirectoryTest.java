package org.thurstone.loop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class RunDirectoryTest {

    record Line(String text, double value) {}

    @TempDir
    Path temp;

    private static final Codec.Directory<Path> DIRECTORY = path -> path;

    /** A part's element. */
    record Element(int part, String text) {}

    @Test
    void finishedPartsAreStoredAndTheOneInProgressIsComputedAgain() throws IOException {
        List<Integer> computed = new ArrayList<>();
        Path root = temp.resolve("run");
        try (RunDirectory run = RunDirectory.open(root, "seed: 1\n")) {
            assertThatThrownBy(() -> run.parts("one/elements.jsonl", Element.class, 4, i -> {
                        computed.add(i);
                        if (i == 2) {
                            throw new UserError("killed");
                        }
                        return List.of(new Element(i, "a\u2028b"), new Element(i, "# part 7"));
                    }))
                    .hasMessage("killed");
        }
        Path parts = root.resolve("one/.elements.jsonl.parts");
        Files.writeString(parts, "{\"part\": 2, \"te", StandardOpenOption.APPEND);
        try (RunDirectory run = RunDirectory.open(root, "seed: 1\n")) {
            List<Element> all = run.parts("one/elements.jsonl", Element.class, 4, i -> {
                computed.add(i);
                return List.of(new Element(i, "a\u2028b"), new Element(i, "# part 7"));
            });
            assertThat(all).extracting(Element::part).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
        }
        assertThat(computed).containsExactly(0, 1, 2, 2, 3);
        assertThat(parts).doesNotExist();
    }

    @Test
    void aDamagedPartIsNamed() throws IOException {
        Path root = temp.resolve("run");
        try (RunDirectory run = RunDirectory.open(root, "seed: 1\n")) {
            Files.createDirectory(root.resolve("one"));
            Files.writeString(root.resolve("one/.e.jsonl.parts"), "{\"part\":0}\n# part 0 1234\n");
            assertThatThrownBy(() -> run.parts("one/e.jsonl", Element.class, 1, i -> List.of()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("part 0 in")
                    .hasMessageContaining("delete the file");
        }
    }

    @Test
    void aStageFileThatIsBrokenIsNamed() throws IOException {
        Path root = temp.resolve("run");
        try (RunDirectory run = RunDirectory.open(root, "seed: 1\n")) {
            Path file = root.resolve("one/line.json");
            run.output("one/line.json", Codec.json(Line.class), none -> new Line("a", 1));
            String whole = Files.readString(file);
            for (String broken : List.of(
                    "",
                    "{",
                    whole.substring(0, whole.length() / 2),
                    "[1]",
                    "null x",
                    "{\"text\": [], \"value\": {}}",
                    "{\"other\": 1}",
                    "[".repeat(5_000),
                    "{\"text\": \"a\", \"value\": \"b\"}")) {
                Files.writeString(file, broken);
                assertThatThrownBy(() -> run.output("one/line.json", Codec.json(Line.class), none -> new Line("b", 2)))
                        .as(broken)
                        .isInstanceOf(UserError.class)
                        .message()
                        .startsWith(file + " is damaged: ")
                        .endsWith("; restore it, or delete it so that it is made again")
                        .doesNotContain("REDACTED");
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedSaysWhy() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nowhere"));
        assertThatThrownBy(() -> RunDirectory.open(link, "seed: 1\n"))
                .hasMessage("the run directory " + link + " cannot be used: " + link
                        + " is in the way, a file or a link that leads nowhere");
        Path below = Files.writeString(temp.resolve("file"), "").resolve("run");
        assertThatThrownBy(() -> RunDirectory.open(below, "seed: 1\n"))
                .message()
                .startsWith("the run directory " + below + " cannot be used: ")
                .doesNotEndWith(": " + below);
    }

    @Test
    void aFinishedStageIsNotComputedAgain() {
        AtomicInteger computed = new AtomicInteger();
        List<Line> lines = List.of(new Line("a\u2028b", 0.1), new Line("π\n", 1e-300));
        for (int i = 0; i < 2; i++) {
            try (RunDirectory run = RunDirectory.open(temp.resolve("run"), "seed: 1\n")) {
                assertThat(run.resumed()).isEqualTo(i == 1);
                assertThat(run.output("one/lines.jsonl", Codec.jsonLines(Line.class), none -> {
                            computed.incrementAndGet();
                            return lines;
                        }))
                        .isEqualTo(lines);
            }
        }
        assertThat(computed).hasValue(1);
    }

    @Test
    void aStageThatFailsLeavesNothingUnderItsName() {
        try (RunDirectory run = RunDirectory.open(temp.resolve("run"), "seed: 1\n")) {
            assertThatThrownBy(() -> run.output("policy", DIRECTORY, aside -> {
                        write(aside.get().resolve("half"), "x");
                        throw new UserError("the disk is full");
                    }))
                    .hasMessage("the disk is full");
            assertThat(run.has("policy")).isFalse();
            Path done = run.output("policy", DIRECTORY, aside -> {
                write(aside.get().resolve("whole"), "x");
                return aside.get();
            });
            assertThat(done.resolve("whole")).exists();
            assertThat(done.resolve("half")).doesNotExist();
        }
    }

    @Test
    void anotherRecipeIsRefusedWithTheDifference() {
        Path root = temp.resolve("run");
        RunDirectory.open(root, "seed: 1\nbeta: 0.1\n").close();
        assertThatThrownBy(() -> RunDirectory.open(root, "seed: 1\nbeta: 0.2\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another recipe")
                .hasMessageContaining("beta: 0.1")
                .hasMessageContaining("beta: 0.2");
    }

    @Test
    void aDirectoryOfOtherThingsIsRefused() {
        write(temp.resolve("thesis.txt"), "years of work");
        assertThatThrownBy(() -> RunDirectory.open(temp, "seed: 1\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void oneProcessAtATime() {
        Path root = temp.resolve("run");
        try (RunDirectory run = RunDirectory.open(root, "seed: 1\n")) {
            assertThat(run.root()).isEqualTo(root);
            assertThatThrownBy(() -> RunDirectory.open(root, "seed: 1\n"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void aStageDrawsTheSameWheneverItRuns() {
        assertThat(new Seeds(1).of("a").nextLong())
                .isEqualTo(new Seeds(1).of("a").nextLong());
        assertThat(new Seeds(1).of("a").nextLong())
                .isNotEqualTo(new Seeds(1).of("b").nextLong());
        assertThat(new Seeds(1).of("a").nextLong())
                .isNotEqualTo(new Seeds(2).of("a").nextLong());
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
