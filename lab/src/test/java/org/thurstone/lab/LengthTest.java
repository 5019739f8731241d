package org.thurstone.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A replication reads in one sitting: claim, world, arms, measure, checks. */
class LengthTest {

    private static final Path SOURCES =
            Path.of(System.getProperty("thurstone.root", ".."), "lab/src/main/java/org/thurstone/lab/replication");

    @Test
    void halfOfTheReplicationsHaveAtMost150Lines() throws IOException {
        assumeTrue(Files.isDirectory(SOURCES), () -> "no sources at " + SOURCES);
        List<Long> lengths;
        try (Stream<Path> files = Files.list(SOURCES)) {
            lengths = files.filter(f -> !f.endsWith("package-info.java"))
                    .map(LengthTest::lines)
                    .sorted()
                    .toList();
        }
        assertThat(lengths).hasSizeGreaterThan(40);
        // The larger one of the two in the middle, where their number is even.
        assertThat(lengths.get(lengths.size() / 2)).isLessThanOrEqualTo(150);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
