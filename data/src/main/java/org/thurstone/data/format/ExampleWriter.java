package org.thurstone.data.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a file of examples, {@code .jsonl} or {@code .jsonl.gz}, one at a time. Only {@link #commit} puts it under its name; closed
 * without, nothing is left.
 */
public final class ExampleWriter implements AutoCloseable {

    private static final ObjectWriter PLAIN = Json.MAPPER.writer();
    private static final ObjectWriter ASCII = PLAIN.with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final Path path;
    private final AtomicFile file;
    private final OutputStream out;
    private final Function<Example, ObjectNode> row;
    private long written;

    private ExampleWriter(Path path, Function<Example, ObjectNode> row) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".jsonl") && !name.endsWith(".jsonl.gz")) {
            throw new UserError("cannot write " + path + ": examples are written as .jsonl or .jsonl.gz");
        }
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

    /** In our own form, which {@link Examples#read} gives back exactly. */
    public static ExampleWriter lossless(Path path) {
        return new ExampleWriter(path, LosslessWriter::row);
    }

    /** In the forms TRL takes; rankings, ties and ratings other than 0 and 1 have none, and are refused. */
    public static ExampleWriter trl(Path path) {
        return new ExampleWriter(path, TrlWriter::row);
    }

    public void write(Example example) {
        String json = PLAIN.writeValueAsString(row.apply(example));
        if (loneSurrogate(json)) {
            json = ASCII.writeValueAsString(row.apply(example));
        }
        try {
            out.write(json.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
        written++;
    }

    public void writeAll(Iterable<? extends Example> examples) {
        examples.forEach(this::write);
    }

    /** How many have been written. */
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

    /** Half a character, which has no bytes in UTF-8 and must be escaped to come back as it is. */
    private static boolean loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
