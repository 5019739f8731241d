package org.thurstone.rank.online;

import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;

/** The state of an online rating method. Items are indexes; battles come in the order of their times. */
public interface RatingState {

    /**
     * Updates the ratings by a battle.
     *
     * @param weight the weight of the battle; 1 counts once
     * @param time in seconds since 1970; NaN throughout where times are unknown
     */
    void learn(int left, int right, Outcome outcome, double weight, double time);

    /** Applies pending updates and advances the time. */
    default void settle(double time) {}

    /** Outcome probabilities of a battle at the present ratings. */
    OutcomeProbabilities chances(int left, int right);

    double rating(int item);

    /** The standard deviation of a rating's uncertainty; NaN where the method has none. */
    double deviation(int item);
}
