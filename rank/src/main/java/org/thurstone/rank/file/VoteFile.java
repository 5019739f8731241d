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
 * @param size how many votes were read; fewer than the battles where a preference by degrees is a part of a win of each item
 */
public record VoteFile(Votes votes, SortedMap<String, Votes> by, List<String> remarks, long size) {

    /** The votes of a file, each of which is one. */
    public VoteFile(Votes votes, SortedMap<String, Votes> by, List<String> remarks) {
        this(votes, by, remarks, votes.size());
    }

    public VoteFile {
        by = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(by));
        remarks = List.copyOf(remarks);
    }
}
