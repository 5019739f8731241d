package org.thurstone.lab;

import java.util.ArrayList;
import java.util.List;
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
