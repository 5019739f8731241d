package org.thurstone.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table. Numbers stand right-aligned, and the best of a column that has one is set off; equals are all best.
 *
 * @param caption may be empty
 * @param rows one cell a column
 */
public record Table(String title, String caption, List<Column> columns, List<List<Cell>> rows) implements Section {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("table \"" + title + "\": a row of " + row.size() + " cells under "
                        + columns.size() + " columns");
            }
        }
    }

    /** Which value of a column is best. */
    public enum Best {
        NONE,
        HIGHEST,
        LOWEST
    }

    /** A column: its heading, whether it holds numbers, and what is best in it. */
    public record Column(String name, boolean numeric, Best best) {

        /** Words, on the left. */
        public static Column text(String name) {
            return new Column(name, false, Best.NONE);
        }

        /** Numbers, on the right, none better than another. */
        public static Column number(String name) {
            return new Column(name, true, Best.NONE);
        }

        /** Numbers, of which the highest is the best. */
        public static Column highest(String name) {
            return new Column(name, true, Best.HIGHEST);
        }

        /** Numbers, of which the lowest is the best. */
        public static Column lowest(String name) {
            return new Column(name, true, Best.LOWEST);
        }
    }

    /** Which cells of each row are the best of their column. With fewer than two numbers in a column there is no contest. */
    List<List<Boolean>> best() {
        List<Double> bests = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            double[] values = rows.stream()
                    .mapToDouble(row -> row.get(column).value())
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            Best best = columns.get(c).best();
            if (best == Best.NONE || values.length < 2) bests.add(Double.NaN);
            else bests.add(best == Best.HIGHEST ? values[values.length - 1] : values[0]);
        }
        List<List<Boolean>> marks = new ArrayList<>();
        for (List<Cell> row : rows) {
            List<Boolean> mark = new ArrayList<>();
            for (int c = 0; c < row.size(); c++) mark.add(row.get(c).value() == bests.get(c));
            marks.add(mark);
        }
        return marks;
    }
}
