package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFaultTest {

    @TempDir
    Path directory;

    /** What a child process does: a file, a record, a directory with a file; what fails is told, and the next is tried. */
    static final class Child {
        public static void main(String[] args) {
            Path directory = Path.of(args[0]);
            attempt(() -> AtomicFile.write(directory.resolve("file"), "whole"));
            attempt(() -> {
                try (GrowingFile growing = GrowingFile.open(directory.resolve("growing"))) {
                    attempt(() -> growing.append("record\n"));
                    growing.append("record\n");
                    growing.force();
                }
            });
            attempt(() -> AtomicDirectory.write(
                    directory.resolve("folder"), aside -> AtomicFile.write(aside.resolve("file"), "whole")));
        }

        private static void attempt(Runnable write) {
            try {
                write.run();
            } catch (UserError e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String run(String option) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", option));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.add(directory.toString());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        return said;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.skip(1)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aProcessCountsThePlacesThatItPasses() throws Exception {
        assertThat(run("-Dthurstone.count-disk-faults=true"))
                .isEqualTo("disk faults: full 4, fsync 10, permission 7" + System.lineSeparator());
        assertThat(names()).containsExactly("file", "folder", "folder/file", "growing");
        assertThat(directory.resolve("growing")).hasContent("record\nrecord\n");
    }

    @Test
    void aDiskThatIsFullStaysFullAndHoldsNothingHalf() throws Exception {
        assertThat(run("-Dthurstone.fail-at=full:2"))
                .contains("cannot write " + directory.resolve("growing") + ": the disk is full")
                .contains("the disk is full");
        assertThat(names()).containsExactly("file", "growing");
        assertThat(directory.resolve("growing")).isEmptyFile();
    }

    @Test
    void aSyncFailsOnce() throws Exception {
        assertThat(run("-Dthurstone.fail-at=fsync:1"))
                .contains("cannot write " + directory.resolve("file") + ": Input/output error");
        assertThat(names()).containsExactly("folder", "folder/file", "growing");
    }

    @Test
    void aMissingPermissionIsToldOnce() throws Exception {
        assertThat(run("-Dthurstone.fail-at=permission:2"))
                .contains("cannot write " + directory.resolve("file") + ": permission denied");
        assertThat(names()).containsExactly("folder", "folder/file", "growing");
    }

    @Test
    void sideFilesAndDirectoriesOfDeadProcessesAreSweptAndOthersAreNot() throws Exception {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ended.waitFor();
        Path dead = Files.createDirectories(directory.resolve(".folder." + ended.pid() + "-2.tmp/deep"));
        Files.writeString(dead.resolve("file"), "half");
        Path alive = Files.writeString(
                directory.resolve(".other." + ProcessHandle.current().pid() + "-1.tmp"), "half");
        AtomicDirectory.write(directory.resolve("folder"), aside -> AtomicFile.write(aside.resolve("file"), "whole"));
        assertThat(names()).containsExactly(alive.getFileName().toString(), "folder", "folder/file");
        Files.createDirectory(directory.resolve(".policy.aside"));
        Files.writeString(
                directory.resolve(".state.12345678-1234-1234-1234-123456789abc.part"), "of an earlier version");
        SideFiles.sweep(directory);
        assertThat(names()).containsExactly(alive.getFileName().toString(), "folder", "folder/file");
    }
}
