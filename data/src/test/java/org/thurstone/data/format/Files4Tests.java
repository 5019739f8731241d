package org.thurstone.data.format;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** Little files to read, and the real ones where they are. */
final class Files4Tests {

    private Files4Tests() {}

    static Path write(Path directory, String name, String text) {
        return write(directory, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path directory, String name, byte[] bytes) {
        try {
            return Files.write(directory.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Rows from {@code 'single-quoted'} JSON. */
    static List<Example> read(Path directory, String... rows) {
        return Examples.readAll(write(directory, "rows.jsonl", json(rows)));
    }

    static Comparison pair(Path directory, String row) {
        return (Comparison) read(directory, row).getFirst();
    }

    static String json(String... rows) {
        return String.join("\n", rows).replace('\'', '"') + "\n";
    }

    static Text chat(String... turns) {
        List<Message> messages = java.util.stream.IntStream.range(0, turns.length / 2)
                .mapToObj(i -> new Message(Role.valueOf(turns[2 * i].toUpperCase(Locale.ROOT)), turns[2 * i + 1]))
                .toList();
        return Text.chat(messages);
    }

    static Path shared(String name) {
        String property = System.getProperty("thurstone.shared", "");
        String root = property.isEmpty() ? System.getenv().getOrDefault("THURSTONE_SHARED", "") : property;
        Path path = Path.of(root).resolve(name);
        assumeTrue(!root.isEmpty() && Files.exists(path), "the real file " + name + " is not here");
        return path;
    }
}
