package org.thurstone.cli;

import static org.thurstone.data.container.Json.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.thurstone.data.AtomicFile;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes rows of files, where {@code -} means standard input or output. */
final class Pipe {

    private static final Path STANDARD = Path.of("-");

    /** Refuses two documents on one stream. */
    static final String BOTH = "--format json and --output - both need standard output: give --output a file";

    private Pipe() {}

    static boolean standard(Path path) {
        return path.equals(STANDARD);
    }

    /** Reads a file; standard input is put into a temporary one first, because files are looked into before they are read. */
    static <T> T reading(Path path, InputStream standard, Function<Path, T> read) {
        if (!standard(path)) {
            return read.apply(path);
        }
        try {
            Path spooled = spooled(standard, ".jsonl");
            try {
                return read.apply(spooled);
            } finally {
                Files.deleteIfExists(spooled);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A temporary file with what a stream holds; the caller deletes it. */
    static Path spooled(InputStream standard, String ending) throws IOException {
        Path file = Files.createTempFile("thurstone-input", ending);
        Files.copy(standard, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** Writes rows; a file is there whole or not at all, and compressed if its name ends in {@code .gz}. */
    static <T> T writing(Path path, PrintWriter standard, Function<Consumer<ObjectNode>, T> write) {
        if (standard(path)) {
            T result = write.apply(row -> standard.print(line(row)));
            standard.flush();
            return result;
        }
        try (AtomicFile file = AtomicFile.open(path)) {
            var out = path.toString().endsWith(".gz") ? new GZIPOutputStream(file.out()) : file.out();
            T result = write.apply(row -> {
                try {
                    out.write(line(row).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.close();
            file.commit();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
