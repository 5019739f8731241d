package org.thurstone.rank.file;

import org.thurstone.rank.Outcome;

/** What a cell says about a battle, once it is known what its column means. */
sealed interface Verdict {

    /** A row that is not counted, on request. */
    Verdict LEFT_OUT = new LeftOut();

    /**
     * A win, a tie, or both bad.
     *
     * @param grade by how much, from 1: one goal, {@code A>B}; 0 where there is no winner
     */
    record Decided(Outcome outcome, int grade) implements Verdict {}

    /**
     * A preference by degrees.
     *
     * @param left the left item's share, within (0, 1)
     */
    record Share(double left) implements Verdict {}

    /** Not counted. */
    record LeftOut() implements Verdict {}

    static Verdict of(Outcome outcome) {
        return new Decided(outcome, outcome == Outcome.LEFT || outcome == Outcome.RIGHT ? 1 : 0);
    }

    /** By a signed difference: positive if the left item won. */
    static Verdict ofMargin(int margin) {
        return margin == 0 ? of(Outcome.TIE) : new Decided(margin > 0 ? Outcome.LEFT : Outcome.RIGHT, Math.abs(margin));
    }

    /** @param left the left item's share, within [0, 1]; the ends and the middle are a win, a loss and a tie */
    static Verdict ofShare(double left) {
        return left == 1
                ? of(Outcome.LEFT)
                : left == 0 ? of(Outcome.RIGHT) : left == 0.5 ? of(Outcome.TIE) : new Share(left);
    }
}
