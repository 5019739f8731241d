package org.thurstone.rank.file;

/**
 * How a file is read.
 *
 * @param columns which column says what
 * @param keep whether battles are kept one by one rather than counted
 * @param bothBad what becomes of battles in which both were bad
 * @param unlisted what it means that an order of a PrefLib file with incomplete orders does not name an item
 */
public record Reading(Columns columns, boolean keep, BothBad bothBad, Unlisted unlisted) {

    public static final Reading USUAL = new Reading(Columns.USUAL, true, BothBad.TIE, Unlisted.UNSEEN);

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

    public Reading with(Columns other) {
        return new Reading(other, keep, bothBad, unlisted);
    }

    public Reading keeping(boolean kept) {
        return new Reading(columns, kept, bothBad, unlisted);
    }

    public Reading with(Unlisted other) {
        return new Reading(columns, keep, bothBad, other);
    }

    public Reading with(BothBad other) {
        return new Reading(columns, keep, other, unlisted);
    }
}
