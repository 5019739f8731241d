package org.thurstone.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;

/**
 * A table of figures, each with its interval over seeds.
 *
 * @param title what was measured, with its unit
 * @param corner what the names of the rows are
 * @param columns their headings
 * @param rows a figure for each column
 * @param decimals with which they are shown
 */
public record Figures(String title, String corner, List<String> columns, List<Row> rows, int decimals) {

    public Figures {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.values().size() != columns.size()) {
                throw new IllegalArgumentException(title + ": " + row.name() + " has "
                        + row.values().size() + " figures under " + columns.size() + " headings");
            }
        }
    }

    /** A table without rows. */
    public static Figures of(String title, String corner, int decimals, String... columns) {
        return new Figures(title, corner, List.of(columns), List.of(), decimals);
    }

    /**
     * A table without rows.
     *
     * @param header what the names of the rows are, and the headings of the columns: {@code "loss | reward | win rate"}
     */
    public static Figures of(String title, int decimals, String header) {
        List<String> words =
                List.of(header.split("\\|", -1)).stream().map(String::strip).toList();
        return new Figures(title, words.getFirst(), words.subList(1, words.size()), List.of(), decimals);
    }

    /** The table with one more row. */
    public Figures row(String name, Measured... values) {
        return rows(1, i -> Row.of(name, values));
    }

    /** The table with more rows, by index. */
    public Figures rows(int count, IntFunction<Row> row) {
        return new Figures(
                title,
                corner,
                columns,
                Stream.concat(rows.stream(), IntStream.range(0, count).mapToObj(row))
                        .toList(),
                decimals);
    }

    /** The table with these rows added. */
    public Figures rows(List<Row> more) {
        return rows(more.size(), more::get);
    }

    /**
     * With a row for each arm of a sweep.
     *
     * @param columns the figure of an arm, such as {@code reward::end}
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public final Figures arms(List<String> arms, Function<String, Measured>... columns) {
        return rows(
                arms,
                arm -> new Row(
                        arm, Stream.of(columns).map(column -> column.apply(arm)).toList()));
    }

    /** With a row for each of these names, such as a sweep's arms. */
    public Figures rows(List<String> names, Function<String, Row> row) {
        return rows(names.size(), i -> row.apply(names.get(i)));
    }

    /** One row. */
    public record Row(String name, List<Measured> values) {
        public Row {
            values = List.copyOf(values);
        }

        public static Row of(String name, Measured... values) {
            return new Row(name, List.of(values));
        }
    }

    /** As people read it. */
    public Table table() {
        List<Column> headings = new ArrayList<>(List.of(Column.text(corner)));
        columns.forEach(c -> headings.add(Column.number(c)));
        List<List<Cell>> cells = new ArrayList<>();
        for (Row row : rows) {
            List<Cell> line = new ArrayList<>(List.of(Cell.text(row.name())));
            row.values().forEach(v -> line.add(v.cell(decimals)));
            cells.add(line);
        }
        return new Table(title, "", headings, cells);
    }
}
