package org.thurstone.rank;

import java.util.Locale;

/** The kind of an item's interval, as a board reports it. */
public enum IntervalKind {
    /** There is no interval. */
    NONE,
    SANDWICH,
    FISHER,
    LIKELIHOOD_RATIO,
    /** The posterior interval of an item whose strength has the law of the other items on the board, or of every item of a method with a prior. */
    POSTERIOR,
    BOOTSTRAP,
    /** The method's own belief about the rating, as of Glicko-2 and TrueSkill. */
    RATING_DEVIATION;

    /** Its name in documents, such as {@code likelihood-ratio}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
