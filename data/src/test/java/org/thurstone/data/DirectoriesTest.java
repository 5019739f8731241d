package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    @TempDir
    private Path temp;

    @Test
    void deletesAllOfItAndNothingThatItsLinksLeadTo() throws IOException {
        Path other = Files.createDirectories(temp.resolve("other"));
        Files.writeString(other.resolve("file"), "kept");
        Path directory = temp.resolve("directory");
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("a/b/file"), "gone");
        Files.createSymbolicLink(directory.resolve("a/link"), other);
        Directories.delete(directory);
        assertThat(directory).doesNotExist();
        assertThat(other.resolve("file")).hasContent("kept");
        Directories.delete(directory); // is not there, which is as wanted
    }
}
