package org.thurstone.rank.file;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.rank.Votes;

/**
 * The votes of a file.
 *
 * @param votes all of it
 * @param by the same made apart by a column, by its value; empty where that was not asked for
 * @param remarks what a reader of a ranking should know of the file; a sentence each
 */
public record VoteFile(Votes votes, SortedMap<String, Votes> by, List<String> remarks) {
    public VoteFile {
        by = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(by));
        remarks = List.copyOf(remarks);
    }
}
