package org.thurstone.rank.file;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.thurstone.data.Count;

/** How many matches were not played to their end, in all files together. */
final class EndingCounts {

    private final Set<String> columns = new LinkedHashSet<>();
    private long walkovers;
    private long unfinished;

    /** Counts a match. */
    void add(String column, Ending how) {
        switch (how) {
            case PLAYED -> {
                return;
            }
            case WALKOVER -> walkovers++;
            case UNFINISHED -> unfinished++;
        }
        columns.add(column);
    }

    /** A sentence if there are such matches. */
    List<String> remarks(VoteReadOptions.Walkovers rule) {
        if (walkovers + unfinished == 0) {
            return List.of();
        }
        String skipped = switch (rule) {
            case KEEP -> "they count as the others do; --walkovers skip or skip-unfinished leaves them out";
            case SKIP -> "the walkovers are left out";
            case SKIP_UNFINISHED -> "both are left out";
        };
        return List.of("By \"" + String.join("\", \"", columns) + "\", "
                + Count.of(walkovers, "match was not played (W/O)", "matches were not played (W/O)") + " and "
                + Count.of(unfinished, "match ended early (RET, DEF)", "matches ended early (RET, DEF)") + "; "
                + skipped);
    }
}
