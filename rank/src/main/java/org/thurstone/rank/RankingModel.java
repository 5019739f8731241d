package org.thurstone.rank;

/**
 * A way to rank, found by name: a record with {@code @Method(kind = "ranking")} whose components are its parameters, each with a
 * {@code @Default}. A new one implements {@link #rank} and says with {@link #takes} what it needs.
 */
public interface RankingModel {

    /** The form of votes that a method needs. */
    enum Form {
        /** Counts of pairs; it may be given anything. */
        COUNTS,
        /** Battles one by one, as {@link Battles}: their order, times or covariates. */
        BATTLES,
        /** Whole orders, as {@link Rankings}; battles are orders of two. */
        RANKINGS
    }

    default Form takes() {
        return Form.COUNTS;
    }

    /**
     * Who is best by these votes.
     *
     * @param votes of two items or more; of the form that {@link #takes} asks for
     * @throws org.thurstone.data.UserError if the votes cannot be ranked this way
     */
    Board rank(Votes votes, Inference inference);
}
