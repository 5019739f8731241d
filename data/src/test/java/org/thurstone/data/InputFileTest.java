package org.thurstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RowSource;

class InputFileTest {

    @TempDir
    Path directory;

    @Test
    void filesAndLinksToThemAreRead() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "ü");
        Path link = Files.createSymbolicLink(directory.resolve("b.txt"), file);
        for (Path path : List.of(file, link)) {
            assertThat(InputFile.text(path)).isEqualTo("ü");
            assertThat(InputFile.bytes(path)).hasSize(2);
            try (InputStream in = InputFile.open(path)) {
                assertThat(in.readAllBytes()).hasSize(2);
            }
        }
        assertThatThrownBy(() -> InputFile.open(directory.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path latin = Files.write(directory.resolve("latin"), new byte[] {'a', (byte) 0xfc});
        assertThatThrownBy(() -> InputFile.text(latin))
                .hasMessage("cannot read " + latin + ": it is not text in UTF-8");
    }

    /** Each would wait for ever, or read without end, if it opened the file. */
    @Test
    void pipesAndDevicesAreRefused() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        for (Path path :
                List.of(pipe, Files.createSymbolicLink(directory.resolve("link"), pipe), Path.of("/dev/zero"))) {
            for (ThrowingCallable reading : List.<ThrowingCallable>of(
                    () -> InputFile.open(path),
                    () -> InputFile.bytes(path),
                    () -> InputFile.text(path),
                    () -> Fingerprint.of(path),
                    () -> Containers.open(path))) {
                assertThatThrownBy(reading)
                        .isInstanceOf(UserError.class)
                        .hasMessage("cannot read " + path + ": it is a pipe or a device, not a file; write what comes"
                                + " out of it to a file and name that");
            }
        }
        assertThatThrownBy(() -> InputFile.open(directory))
                .hasMessage("cannot read " + directory + ": it is a directory; name a file in it");
    }

    private static String refusal(Path file) {
        try (RowSource rows = Containers.open(file)) {
            while (rows.next().isPresent()) {
                // to the end
            }
            return "";
        } catch (UserError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void jsonThatIsNestedTooDeepIsSaid() throws IOException {
        Path file = directory.resolve("deep.json");
        Files.writeString(file, "[{\"a\":" + "[".repeat(1200));
        assertThat(refusal(file))
                .startsWith(file + ":1: not JSON")
                .endsWith(": it is nested more than 500 levels deep; the rows after it cannot be found");
        Files.writeString(file, "[\n{\"a\":" + "[".repeat(1200) + "]".repeat(1200) + "}]");
        assertThat(refusal(file)).startsWith(file + ":2: not JSON").contains("nested more than 500 levels deep");
        Files.writeString(file, "[{\"a\": [1, 2");
        assertThat(refusal(file)).isNotEmpty();
    }

    @Test
    void aRowOfMoreValuesThanAnyRowHasIsSaid() throws IOException {
        Path file = Files.writeString(directory.resolve("wide.json"), "[[" + "0,".repeat(5_000_001) + "0]]");
        assertThat(refusal(file)).contains("a row has more than 5,000,000 values");
    }
}
