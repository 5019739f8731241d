package org.thurstone.rank.file;

/**
 * Options for reading a file of votes.
 *
 * @param columns the names of the columns
 * @param keep whether single battles are kept, instead of counts only
 * @param bothBad how battles with the outcome "both bad" are counted
 * @param unlisted how to treat items that an order of a PrefLib file does not contain
 */
public record VoteReadOptions(Columns columns, boolean keep, BothBad bothBad, Unlisted unlisted) {

    public static final VoteReadOptions USUAL = new VoteReadOptions(Columns.USUAL, true, BothBad.TIE, Unlisted.UNSEEN);

    /** How a battle with the outcome "both bad" is counted. */
    public enum BothBad {
        /** As a tie, as the arenas count it. */
        TIE,
        /** Skipped: it says something about the prompt, not about the two items. */
        SKIP
    }

    /** How to treat items that an order does not contain. */
    public enum Unlisted {
        /** The item was not shown, and is not compared. */
        UNSEEN,
        /** It was shown, and belongs below all that are named. */
        BELOW
    }

    public VoteReadOptions with(Columns other) {
        return new VoteReadOptions(other, keep, bothBad, unlisted);
    }

    public VoteReadOptions keeping(boolean kept) {
        return new VoteReadOptions(columns, kept, bothBad, unlisted);
    }

    public VoteReadOptions with(Unlisted other) {
        return new VoteReadOptions(columns, keep, bothBad, other);
    }

    public VoteReadOptions with(BothBad other) {
        return new VoteReadOptions(columns, keep, other, unlisted);
    }
}
