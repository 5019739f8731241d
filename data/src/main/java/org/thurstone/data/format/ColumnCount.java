package org.thurstone.data.format;

import org.thurstone.data.Count;

/**
 * In how many rows a column, or a key within one, holds something.
 *
 * @param rows good rows
 * @param first the line of the first of them
 */
public record ColumnCount(String name, long rows, long first) {

    /** {@code input (999 rows)}. */
    public String toText() {
        return name + " (" + Count.of(rows, "row") + ")";
    }
}
