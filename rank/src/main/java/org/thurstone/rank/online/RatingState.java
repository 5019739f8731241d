package org.thurstone.rank.online;

import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;

/** The state of an online rating method. Items are indexes; battles come in the order of their times. */
public interface RatingState {

    /** Updates the ratings by a battle. */
    void learn(Encounter battle);

    /**
     * Updates the ratings by a battle with the left item at home.
     *
     * @param weight the weight of the battle; 1 counts once
     * @param time in seconds since 1970; NaN throughout where times are unknown
     */
    default void learn(int left, int right, Outcome outcome, double weight, double time) {
        learn(new Encounter(left, right, outcome, weight, time, true, 1, ""));
    }

    /**
     * Updates the ratings by battles of one time, all from the ratings before it, so that their order does not matter. A method that collects the
     * battles of a time anyway learns them one by one.
     *
     * @param from the first battle
     * @param to after the last one
     * @return whether one by one they would have given other ratings in another order
     */
    default boolean learnTogether(Battles battles, int from, int to) {
        for (int b = from; b < to; b++) {
            learn(Encounter.of(battles, b));
        }
        return false;
    }

    /** Applies pending updates and advances the time. */
    default void settle(double time) {}

    /**
     * Outcome probabilities of a battle at the present ratings.
     *
     * @param home whether the left item is at home, for methods with an advantage for that
     */
    OutcomeProbabilities chances(int left, int right, boolean home);

    double rating(int item);

    /** The standard deviation of a rating's uncertainty; NaN where the method has none. */
    double deviation(int item);
}
