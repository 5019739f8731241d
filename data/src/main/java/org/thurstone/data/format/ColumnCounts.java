package org.thurstone.data.format;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts columns over the rows of a file in bounded memory. */
public final class ColumnCounts {

    private final Map<String, Tally> byName = new LinkedHashMap<>();
    private long others;

    /** Counted in place: files may have very many rows. */
    private static final class Tally {
        private final long first;
        private long rows;

        Tally(long first) {
            this.first = first;
        }
    }

    /** Counts a row in which these columns hold something. */
    public void add(Collection<String> names, long line) {
        for (String name : names) {
            Tally known = byName.get(name);
            if (known == null && byName.size() >= Unread.LISTED) {
                others++;
                continue;
            }
            if (known == null) {
                known = new Tally(line);
                byName.put(name, known);
            }
            known.rows++;
        }
    }

    /** The counts, in the order in which the columns first appear. */
    public List<ColumnCount> counts() {
        return byName.entrySet().stream()
                .map(e -> new ColumnCount(e.getKey(), e.getValue().rows, e.getValue().first))
                .toList();
    }

    /** The number of values in further columns, when there are too many columns to count separately. */
    public long others() {
        return others;
    }
}
