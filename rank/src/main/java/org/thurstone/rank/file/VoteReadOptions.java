package org.thurstone.rank.file;

/**
 * How a file is read.
 *
 * @param columns which column says what
 * @param keep whether battles are kept one by one rather than counted
 * @param bothBad what becomes of battles in which both were bad
 * @param unlisted what it means that an order of a PrefLib file with incomplete orders does not name an item
 */
public record VoteReadOptions(Columns columns, boolean keep, BothBad bothBad, Unlisted unlisted) {

    public static final VoteReadOptions USUAL = new VoteReadOptions(Columns.USUAL, true, BothBad.TIE, Unlisted.UNSEEN);

    /** What becomes of a battle in which both were bad. */
    public enum BothBad {
        /** It is a tie, as the arenas count it. */
        TIE,
        /** It is passed over: it says something of the prompt, not of the two. */
        SKIP
    }

    /** What it means that somebody's order does not name an item. */
    public enum Unlisted {
        /** Nothing: it was not shown. */
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
