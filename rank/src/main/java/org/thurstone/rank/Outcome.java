package org.thurstone.rank;

/** The outcome of a comparison of a left and a right item. */
public enum Outcome {
    LEFT,
    RIGHT,
    /** Neither is better: a judgement, not a missing one. */
    TIE,
    /** Neither is any good; counted as a tie unless it is left out. */
    BOTH_BAD;

    /** The same outcome with left and right exchanged. */
    public Outcome swapped() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case TIE, BOTH_BAD -> this;
        };
    }

    /** The score of the left item: 1 for a win, 0 for a loss, ½ otherwise. */
    public double left() {
        return switch (this) {
            case LEFT -> 1;
            case RIGHT -> 0;
            case TIE, BOTH_BAD -> 0.5;
        };
    }
}
