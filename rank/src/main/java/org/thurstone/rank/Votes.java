package org.thurstone.rank;

import java.util.List;

/** Votes on items: single comparisons, rankings, or counts of pairs. Every form can be converted to counts, but not back. */
public sealed interface Votes permits Battles, Rankings, Tally {

    /** Their names in alphabetical order; everything else speaks of items by their index in this list. */
    List<String> items();

    /** The number of battles or rankings. */
    long size();

    /** Wins and ties of each pair. A ranking counts as a comparison of each of its pairs. */
    Tally tally();
}
