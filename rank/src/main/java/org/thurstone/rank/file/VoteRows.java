package org.thurstone.rank.file;

import java.util.Optional;
import java.util.Set;

/** Reads rows of one file into a {@link VoteTable}. Each method throws an IllegalArgumentException that says what is wrong with the row. */
interface VoteRows {

    /** Adds what a row says, or nothing where it is wrong. */
    void read(Cell row, long line);

    /** The unique id of the row; empty where there is none. */
    Optional<String> id(Cell row);

    /** The columns that are read. */
    Set<String> used();

    /** Which column is what, in a sentence; empty where the format says it all. */
    Optional<String> roles();
}
