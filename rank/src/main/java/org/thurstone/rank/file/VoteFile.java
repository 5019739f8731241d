package org.thurstone.rank.file;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.rank.Votes;

/**
 * The votes of a file.
 *
 * @param votes all votes
 * @param by the votes for each value of the column to group by; empty if there is none
 * @param remarks what a reader of a ranking should know of the file; a sentence each
 */
public record VoteFile(Votes votes, SortedMap<String, Votes> by, List<String> remarks) {
    public VoteFile {
        by = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(by));
        remarks = List.copyOf(remarks);
    }
}
