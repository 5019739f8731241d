package org.thurstone.loop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class RunDirectoryTest {

    record Line(String text, double value) {}

    @TempDir
    Path temp;

    @Test
    void aFinishedStageIsNotComputedAgain() {
        AtomicInteger computed = new AtomicInteger();
        List<Line> lines = List.of(new Line("a\u2028b", 0.1), new Line("π\n", 1e-300));
        for (int i = 0; i < 2; i++) {
            try (RunDirectory run = RunDirectory.open(temp.resolve("run"), "seed: 1\n")) {
                assertThat(run.resumed()).isEqualTo(i == 1);
                assertThat(run.stage("one/lines.jsonl", Stored.jsonLines(Line.class), () -> {
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
            assertThatThrownBy(() -> run.directoryStage("policy", aside -> {
                        write(aside.resolve("half"), "x");
                        throw new UserError("the disk is full");
                    }))
                    .hasMessage("the disk is full");
            assertThat(run.has("policy")).isFalse();
            Path done = run.directoryStage("policy", aside -> write(aside.resolve("whole"), "x"));
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
