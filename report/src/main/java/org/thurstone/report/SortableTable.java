package org.thurstone.report;

import java.util.List;
import java.util.Optional;

/**
 * A table that a reader can sort by any column and filter by name. Of a long one the first rows are shown until all are asked for. Where scripts
 * do not run, and on paper, all rows are there.
 *
 * @param names the columns whose words are searched, at least one; the first names the row
 * @param differences of any two rows that the reader chooses; empty where rows are not compared
 */
public record SortableTable(Table table, List<Integer> names, Optional<RowDifferences> differences) implements Section {

    public SortableTable {
        names = List.copyOf(names);
        if (names.isEmpty()
                || names.stream().anyMatch(n -> n < 0 || n >= table.columns().size())) {
            throw new IllegalArgumentException("table \"" + table.title() + "\" has no columns of names " + names);
        }
        int rows = table.rows().size();
        differences.ifPresent(of -> {
            if (of.estimates().length != rows) {
                throw new IllegalArgumentException("table \"" + table.title() + "\" has " + rows + " rows, and "
                        + of.estimates().length + " estimates");
            }
        });
    }

    /** A table without differences. */
    public static SortableTable of(Table table, Integer... names) {
        return new SortableTable(table, List.of(names), Optional.empty());
    }
}
