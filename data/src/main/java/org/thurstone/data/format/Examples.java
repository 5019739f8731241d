package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads files of examples: the entry point for programs.
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

    /** The number of rows from which the format is detected. */
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
        RowSource source = NamedColumns.of(Containers.open(path), options.columns());
        try {
            Queue<RawRow> first = look(source);
            Columns columns = Columns.of(fields(path, first));
            RowFormat format = options.format().orElseGet(() -> recognised(path, first, columns));
            String name = first.isEmpty() ? RowReader.EMPTY : format.name();
            return new RowReader<>(path, source, first, columns, format::parse, options.badShare(), name);
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
        return of(new Fields(row, path, line));
    }

    /**
     * The same where columns have other names.
     *
     * @param columns as in {@link ReadOptions}
     */
    public static Example of(ObjectNode row, Path path, long line, Map<String, String> columns) {
        return of(new Fields(NamedColumns.named(row, columns), path, line));
    }

    private static Example of(Fields fields) {
        return RowFormat.ALL.stream()
                .filter(format -> format.recognises(fields.columns()))
                .findFirst()
                .orElseThrow(() -> new BadRow("the row is in no known format; it has the keys " + fields.keys()))
                .parse(fields);
    }

    /** All examples of a file, in memory. */
    public static List<Example> readAll(Path path) {
        return readAll(path, ReadOptions.DEFAULT);
    }

    public static List<Example> readAll(Path path, ReadOptions options) {
        return readAll(path, options, notice -> {});
    }

    /**
     * The same.
     *
     * @param notices is told what the user should know: columns that were not read, rows that were left out
     */
    public static List<Example> readAll(Path path, ReadOptions options, Consumer<String> notices) {
        List<Example> examples = new ArrayList<>();
        try (RowReader<Example> rows = read(path, options)) {
            rows.forEachRemaining(row -> examples.add(row.value()));
            rows.notices().forEach(notices);
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
        if (source instanceof NamedColumns named) {
            named.requireSeen();
        }
        return first;
    }

    /**
     * The most particular format whose columns the first rows have. Where they have no format's as a whole, as in a file of mixed rows, the one
     * that most rows are in.
     */
    static RowFormat recognised(Path path, Queue<RawRow> first, Columns columns) {
        if (first.isEmpty()) {
            return RowFormat.ALL.getFirst(); // any: there is nothing to read
        }
        List<Fields> rows = fields(path, first);
        if (rows.isEmpty()) {
            RawRow row = first.element();
            String reason = row instanceof RawRow.Broken broken ? broken.reason() : "";
            throw new UserError(path + ":" + row.line() + ": " + reason
                    + (first.size() > 1 ? "; none of the first " + first.size() + " rows can be read" : ""));
        }
        return format(rows, columns).orElseThrow(() -> {
            if (rows.stream().anyMatch(row -> row.firstOf(Names.PROMPT).isPresent())) {
                AnswerColumns.refuse(path, columns);
            }
            return unknown(path, rows.getFirst());
        });
    }

    /** The format of rows with these columns. */
    static Optional<RowFormat> format(List<Fields> rows, Columns columns) {
        return RowFormat.ALL.stream()
                .filter(format -> format.recognises(columns))
                .findFirst()
                .or(() -> voted(rows));
    }

    private static Optional<RowFormat> voted(List<Fields> rows) {
        Comparator<RowFormat> byRows = Comparator.comparingLong(format ->
                rows.stream().filter(row -> format.recognises(row.columns())).count());
        return RowFormat.ALL.stream()
                .max(byRows.thenComparing(RowFormat.ALL::indexOf, Comparator.reverseOrder()))
                .filter(best -> rows.stream().anyMatch(row -> best.recognises(row.columns())));
    }

    private static UserError unknown(Path path, Fields first) {
        return new UserError(path + ": the rows are in no known format; the first has the keys " + first.keys()
                + ". Known are:\n" + known());
    }

    /** The formats and their columns, a line each. */
    static String known() {
        return RowFormat.ALL.stream()
                .map(format -> "  " + format.name() + ": " + format.keys())
                .collect(Collectors.joining("\n"));
    }

    static List<Fields> fields(Path path, Queue<RawRow> rows) {
        return rows.stream()
                .filter(RawRow.Fields.class::isInstance)
                .map(RawRow.Fields.class::cast)
                .map(row -> new Fields(row.fields(), path, row.line()))
                .toList();
    }
}
