package org.thurstone.data.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Options for reading a file.
 *
 * @param badShare largest share of bad rows, in [0, 1]; above it, the file is refused
 * @param format the format of its rows; empty to detect it from the columns
 * @param columns columns to read under other names: the name in the file by the name in the format, such as {@code good} by {@code chosen}; an empty
 *     name ignores the column
 */
public record ReadOptions(double badShare, Optional<RowFormat> format, Map<String, String> columns) {

    public static final ReadOptions DEFAULT = new ReadOptions(0.01, Optional.empty(), Map.of());

    public ReadOptions {
        if (!(badShare >= 0 && badShare <= 1)) {
            throw new IllegalArgumentException("the share of bad rows is " + badShare + ", not within 0…1");
        }
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        NamedColumns.check(columns);
    }

    public ReadOptions withBadShare(double share) {
        return new ReadOptions(share, format, columns);
    }

    public ReadOptions withFormat(RowFormat known) {
        return new ReadOptions(badShare, Optional.of(known), columns);
    }

    /** @throws org.thurstone.data.UserError if a name is none that formats know */
    public ReadOptions withColumns(Map<String, String> named) {
        return new ReadOptions(badShare, format, named);
    }

    /**
     * Columns as a user writes them.
     *
     * @param text {@code chosen=good,rejected=bad}
     * @throws IllegalArgumentException if it is of another form
     */
    public static Map<String, String> parseColumns(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String entry : text.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "\"" + entry.strip() + "\" is not NAME=COLUMN, as in chosen=good,rejected=bad");
            }
            if (columns.put(
                            entry.substring(0, equals).strip(),
                            entry.substring(equals + 1).strip())
                    != null) {
                throw new IllegalArgumentException(
                        "\"" + entry.substring(0, equals).strip() + "\" is given twice");
            }
        }
        return columns;
    }
}
