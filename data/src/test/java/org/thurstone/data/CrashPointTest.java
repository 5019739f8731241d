package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashPointTest {

    @TempDir
    Path directory;

    /** What a child process does: two files, and a question between them. */
    static final class Child {
        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            AtomicFile.write(directory.resolve("first"), "1");
            CrashPoint.RESPONDENT.reached();
            AtomicFile.write(directory.resolve("second"), "2");
        }
    }

    private record Ended(int code, String said) {}

    private Ended run(String option) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(option);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.add(directory.toString());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(child.waitFor(), said);
    }

    @Test
    void anUninterruptedProcessCountsItsCrashPoints() throws Exception {
        assertThat(run("-Dthurstone.count-crash-points=true"))
                .isEqualTo(new Ended(0, "crash points: write 4, append 0, respondent 1" + System.lineSeparator()));
        assertThat(names()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void aProcessHaltsBeforeTheRenameLeavingTheUnfinishedFile() throws Exception {
        assertThat(run("-Dthurstone.halt-at=write:3"))
                .isEqualTo(new Ended(137, "crash points: write 3, append 0, respondent 1" + System.lineSeparator()));
        assertThat(names())
                .hasSize(2)
                .contains("first")
                .anyMatch(name -> name.startsWith(".second.") && name.endsWith(".tmp"));
    }

    @Test
    void aProcessHaltsAfterTheRename() throws Exception {
        assertThat(run("-Dthurstone.halt-at=write:2").code()).isEqualTo(137);
        assertThat(names()).containsExactly("first");
    }

    @Test
    void aProcessHaltsBeforeItAsks() throws Exception {
        assertThat(run("-Dthurstone.halt-at=respondent:1").code()).isEqualTo(137);
        assertThat(names()).containsExactly("first");
    }

    @Test
    void aPlaceThatIsNeverReachedDoesNotHalt() throws Exception {
        assertThat(run("-Dthurstone.halt-at=write:5")).isEqualTo(new Ended(0, ""));
    }

    @Test
    void aMalformedPlaceIsNamed() throws Exception {
        for (String wrong : List.of("write", "sometimes:1", "write:soon")) {
            Ended ended = run("-Dthurstone.halt-at=" + wrong);
            assertThat(ended.code()).isOne();
            assertThat(ended.said()).contains("-Dthurstone.halt-at=" + wrong, "such as write:17");
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
