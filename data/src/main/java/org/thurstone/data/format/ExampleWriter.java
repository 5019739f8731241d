package org.thurstone.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a file of examples, {@code .jsonl} or {@code .jsonl.gz}, one at a time. Only {@link #commit} puts it under its name; closed
 * without, nothing is left.
 */
public final class ExampleWriter implements AutoCloseable {

    private final Path path;
    private final AtomicFile file;
    private final OutputStream out;
    private final Function<Example, ObjectNode> row;
    private long written;

    private ExampleWriter(Path path, Function<Example, ObjectNode> row) {
        String name = checked(path).toString().toLowerCase(Locale.ROOT);
        this.path = path;
        this.row = row;
        this.file = AtomicFile.open(path);
        try {
            this.out = name.endsWith(".gz") ? new GZIPOutputStream(file.out(), 1 << 16) : file.out();
        } catch (IOException e) {
            file.close();
            throw UserError.writing(path, e);
        }
    }

    /** The same path, if it is one that examples are written to. */
    public static Path checked(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".jsonl") && !name.endsWith(".jsonl.gz")) {
            throw new UserError("cannot write " + path + ": examples are written as .jsonl or .jsonl.gz");
        }
        return path;
    }

    /** A line in our own form, with more about the example, as {@link #write(Example, Map)} writes it. */
    public static String line(Example example, Map<String, ?> more) {
        return Json.line(whole(LosslessWriter.row(example), more));
    }

    private static ObjectNode whole(ObjectNode row, Map<String, ?> more) {
        more.forEach((key, value) -> {
            if (row.has(key)) {
                throw new IllegalArgumentException("the row has a " + key + " of its own");
            }
            row.putPOJO(key, value);
        });
        return row;
    }

    /** Writes Thurstone's own format, which {@link Examples#read} reads back exactly. */
    public static ExampleWriter lossless(Path path) {
        return new ExampleWriter(path, LosslessWriter::row);
    }

    /** Writes TRL's formats; rankings, ties and ratings other than 0 and 1 cannot be written in them, and are refused. */
    public static ExampleWriter trl(Path path) {
        return new ExampleWriter(path, TrlWriter::row);
    }

    /** Writes what a trainer or a fine-tuning service reads. Examples that are {@linkplain ServiceFormat#unfit unfit} are refused. */
    public static ExampleWriter service(Path path, ServiceFormat format) {
        return new ExampleWriter(path, format::row);
    }

    public void write(Example example) {
        write(example, Map.of());
    }

    /**
     * Writes an example and more about it.
     *
     * @param more texts and finite numbers, under keys that the form does not have; readers pass over them
     */
    public void write(Example example, Map<String, ?> more) {
        try {
            out.write(Json.line(whole(row.apply(example), more)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
        written++;
    }

    public void writeAll(Iterable<? extends Example> examples) {
        examples.forEach(this::write);
    }

    /** The number of examples written. */
    public long written() {
        return written;
    }

    /** Puts the file under its name, whole. */
    public void commit() {
        try {
            out.close();
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }
}
