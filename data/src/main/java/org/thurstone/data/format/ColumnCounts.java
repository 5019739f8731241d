package org.thurstone.data.format;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts columns over the rows of a file in bounded memory. */
final class ColumnCounts {

    private final Map<String, ColumnCount> byName = new LinkedHashMap<>();
    private long others;

    void add(Collection<String> names, long line) {
        for (String name : names) {
            if (byName.size() < Unread.LISTED || byName.containsKey(name)) {
                byName.merge(
                        name, new ColumnCount(name, 1, line), (a, b) -> new ColumnCount(name, a.rows() + 1, a.first()));
            } else {
                others++;
            }
        }
    }

    /** The counts, in the order in which the columns first appear. */
    List<ColumnCount> counts() {
        return List.copyOf(byName.values());
    }

    /** The number of values in further columns, when there are too many columns to count separately. */
    long others() {
        return others;
    }
}
