package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows that were left out.
 *
 * @param rows all rows read so far, good and bad
 * @param count how many of them were left out
 * @param first the first of those, at most {@link #LISTED}
 */
public record Dropped(Path file, long rows, long count, List<BadLine> first) {

    /** The maximum number of rows that are kept, so that memory is bounded even if all rows of a file are bad. */
    public static final int LISTED = 1000;

    private static final int SHOWN = 5;

    /** A row that was left out. */
    public record BadLine(long line, String reason) {}

    public Dropped {
        first = List.copyOf(first);
    }

    /** The share of bad rows, in [0, 1]; 0 of an empty file. */
    public double share() {
        return rows == 0 ? 0 : (double) count / rows;
    }

    /** The first few, a line each: file:line: reason. */
    public String toText() {
        String listed = first.stream()
                .limit(SHOWN)
                .map(bad -> "  " + file + ":" + bad.line() + ": " + bad.reason())
                .collect(Collectors.joining("\n"));
        return count > SHOWN ? listed + "\n  … and " + (count - Math.min(SHOWN, first.size())) + " more" : listed;
    }
}
