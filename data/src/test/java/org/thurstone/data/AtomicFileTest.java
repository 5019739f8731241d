package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path directory;

    @Test
    void aFileAppearsWholeOnCommit() throws IOException {
        Path path = directory.resolve("a.txt");
        try (AtomicFile file = AtomicFile.open(path)) {
            file.out().write("new".getBytes());
            assertThat(path).doesNotExist();
            file.commit();
        }
        assertThat(path).hasContent("new");
        assertThat(directory.toFile().list()).containsExactly("a.txt");
    }

    @Test
    void withoutCommitTheOldFileStays() throws IOException {
        Path path = directory.resolve("a.txt");
        AtomicFile.write(path, "old");
        try (AtomicFile file = AtomicFile.open(path)) {
            file.out().write("half".getBytes());
        }
        assertThat(path).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("a.txt");
        AtomicFile.write(path, "newer");
        assertThat(path).hasContent("newer");
    }

    @Test
    void aFullDiskIsOneClearSentenceAndLeavesNothing() {
        Path path = directory.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.write(path, out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(UserError.class)
                .hasMessage("cannot write " + path + ": the disk is full; free some space and try again");
        assertThat(directory.toFile().list()).isEmpty();
    }

    @Test
    void whatDeadProcessesLeftUnfinishedIsSweptAndNothingElse() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("a/b"));
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ended.waitFor();
        Path dead = Files.writeString(deep.resolve(".x.json." + ended.pid() + "-3.tmp"), "half");
        // A process of today has the number of one that died long ago.
        long mine = ProcessHandle.current().pid();
        Path reused = Files.writeString(deep.resolve(".y.json." + mine + "-1.tmp"), "half");
        Files.setLastModifiedTime(reused, FileTime.fromMillis(0));
        Path others = Files.writeString(deep.resolve("z." + ended.pid() + "-3.tmp"), "not ours");
        try (AtomicFile running = AtomicFile.open(directory.resolve("running"))) {
            SideFiles.sweep(directory);
            assertThat(dead).doesNotExist();
            assertThat(reused).doesNotExist();
            assertThat(others).exists();
            running.commit();
        }
        assertThat(directory.resolve("running")).exists();
    }

    @Test
    void missingDirectoriesAndDirectoriesAreRefused() {
        assertThatThrownBy(() -> AtomicFile.open(directory.resolve("no/a.txt")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no directory");
        assertThatThrownBy(() -> AtomicFile.open(directory)).hasMessageContaining("it is a directory");
    }

    @Test
    void missingPermissionIsReported() throws IOException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may write everywhere");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        Path path = directory.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.open(path)).hasMessage("cannot write " + path + ": permission denied");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(directory.resolve("real"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        AtomicFile.write(link, "new");
        assertThat(real).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void aFingerprintIsTheKnownHashOfItsBytes() {
        // FIPS 180-2, appendix B.1.
        Path path = directory.resolve("abc");
        AtomicFile.write(path, "abc");
        assertThat(Fingerprint.of(path))
                .isEqualTo(new Fingerprint("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3));
        assertThatThrownBy(() -> Fingerprint.of(directory.resolve("none"))).hasMessageEndingWith("no such file");
    }
}
