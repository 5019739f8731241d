package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way in to files of examples.
 *
 * {@snippet :
 * try (RowReader<Example> rows = Examples.read(path)) {
 *     while (rows.hasNext()) {
 *         Row<Example> row = rows.next();
 *     }
 *     System.err.println(rows.dropped().toText());
 * }
 * }
 */
public final class Examples {

    /** So many rows are looked at to tell the format. */
    private static final int LOOK = 20;

    private Examples() {}

    /** Opens a file; at most one row in a hundred may be bad. */
    public static RowReader<Example> read(Path path) {
        return read(path, ReadOptions.DEFAULT);
    }

    /**
     * Opens a file of any known format and container.
     *
     * @throws UserError if it cannot be read, or its first rows are in no known format
     */
    public static RowReader<Example> read(Path path, ReadOptions options) {
        RowSource source = Containers.open(path);
        try {
            Queue<RawRow> first = look(source);
            RowFormat format = options.format().orElseGet(() -> recognised(path, first));
            return new RowReader<>(path, source, first, format::parse, options.badShare(), format.name());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /**
     * What one row says, in whichever format it is.
     *
     * @param path and line say where it was found
     * @throws BadRow if it says nothing that can be learned from, or is in no known format
     */
    public static Example of(ObjectNode row, Path path, long line) {
        Fields fields = new Fields(row, path, line);
        return RowFormat.ALL.stream()
                .filter(format -> format.recognises(fields))
                .findFirst()
                .orElseThrow(() -> new BadRow("the row is in no known format; it has the keys " + fields.keys()))
                .parse(fields);
    }

    /** All examples of a file, in memory. */
    public static List<Example> readAll(Path path) {
        return readAll(path, ReadOptions.DEFAULT);
    }

    public static List<Example> readAll(Path path, ReadOptions options) {
        List<Example> examples = new ArrayList<>();
        try (RowReader<Example> rows = read(path, options)) {
            rows.forEachRemaining(row -> examples.add(row.value()));
        }
        return List.copyOf(examples);
    }

    /** Writes a file in our own lossless form. */
    public static void write(Path path, Iterable<? extends Example> examples) {
        try (ExampleWriter writer = ExampleWriter.lossless(path)) {
            writer.writeAll(examples);
            writer.commit();
        }
    }

    static Queue<RawRow> look(RowSource source) {
        Queue<RawRow> first = new ArrayDeque<>();
        for (int i = 0; i < LOOK; i++) {
            var row = source.next();
            if (row.isEmpty()) {
                break;
            }
            first.add(row.get());
        }
        return first;
    }

    /** The format that most of the first rows are in; of equals the more particular one. */
    static RowFormat recognised(Path path, Queue<RawRow> first) {
        List<Fields> rows = fields(path, first);
        if (first.isEmpty()) {
            // Nothing was said, in any format.
            return RowFormat.ALL.getFirst();
        }
        if (rows.isEmpty()) {
            RawRow row = first.element();
            String reason = row instanceof RawRow.Broken broken ? broken.reason() : "";
            throw new UserError(path + ":" + row.line() + ": " + reason
                    + (first.size() > 1 ? "; none of the first " + first.size() + " rows can be read" : ""));
        }
        Comparator<RowFormat> byRows = Comparator.comparingLong(
                format -> rows.stream().filter(format::recognises).count());
        RowFormat best = RowFormat.ALL.stream()
                .max(byRows.thenComparing(RowFormat.ALL::indexOf, Comparator.reverseOrder()))
                .orElseThrow();
        if (rows.stream().noneMatch(best::recognises)) {
            throw new UserError(path + ": the rows are in no known format; the first has the keys "
                    + rows.getFirst().keys() + ". Known are:\n"
                    + RowFormat.ALL.stream()
                            .map(format -> "  " + format.name() + ": " + format.keys())
                            .collect(Collectors.joining("\n")));
        }
        return best;
    }

    static List<Fields> fields(Path path, Queue<RawRow> rows) {
        return rows.stream()
                .filter(RawRow.Fields.class::isInstance)
                .map(RawRow.Fields.class::cast)
                .map(row -> new Fields(row.fields(), path, row.line()))
                .toList();
    }
}
