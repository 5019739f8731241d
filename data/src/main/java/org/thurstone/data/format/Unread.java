package org.thurstone.data.format;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a file that were not read, and the keys within columns, such as {@code messages[].name}. Columns that are empty in every row
 * are not listed.
 *
 * @param columns those that may matter first, then those that usually describe where a row comes from, each by number of rows
 * @param others how many values of further columns were not read, in files with very many of them
 */
public record Unread(List<ColumnCount> columns, long others) {

    /** Everything was read. */
    public static final Unread NONE = new Unread(List.of(), 0);

    /** More columns than this are only counted: keys that differ in every row would fill the memory. */
    public static final int LISTED = 200;

    private static final int SHOWN = 12;

    /** Columns that say where a row comes from, and no more. */
    private static final Set<String> DESCRIPTIVE = Set.of(
            "id",
            "idx",
            "index",
            "_id",
            "uid",
            "uuid",
            "row_id",
            "prompt_id",
            "question_id",
            "conversation_id",
            "source",
            "dataset",
            "subset",
            "split",
            "category",
            "language",
            "lang",
            "url",
            "timestamp",
            "created_at",
            "metadata",
            "sum_log_prob",
            "finish",
            "tokens");

    public Unread {
        columns = columns.stream()
                .sorted(Comparator.comparing(Unread::descriptive)
                        .thenComparing(ColumnCount::rows, Comparator.reverseOrder())
                        .thenComparing(ColumnCount::name))
                .toList();
    }

    /** Whether a column only says where a row comes from. */
    static boolean descriptive(ColumnCount column) {
        return DESCRIPTIVE.contains(column.name().toLowerCase(Locale.ROOT));
    }

    public boolean isEmpty() {
        return columns.isEmpty() && others == 0;
    }

    /** The columns on one line: {@code input (999 rows), label (1 row)}. */
    public String toText() {
        String listed = columns.stream().limit(SHOWN).map(ColumnCount::toText).collect(Collectors.joining(", "));
        long more = Math.max(0, columns.size() - SHOWN);
        return listed + (more > 0 ? ", … and " + more + " more" : "") + (others > 0 ? ", … and others" : "");
    }
}
