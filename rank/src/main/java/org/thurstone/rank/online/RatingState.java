package org.thurstone.rank.online;

import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;

/** Ratings on their way through time. Items are indexes; battles come in the order of their times. */
public interface RatingState {

    /**
     * Learns from a battle.
     *
     * @param weight how many battles it counts for
     * @param time in seconds since 1970; NaN throughout where times are unknown
     */
    void learn(int left, int right, Outcome outcome, double weight, double time);

    /** Settles what has been learned but not yet counted, and lets time pass until then. */
    default void settle(double time) {}

    /** What it expects of a battle now. */
    OutcomeProbabilities chances(int left, int right);

    double rating(int item);

    /** The standard deviation of a rating's uncertainty; NaN where the method has none. */
    double deviation(int item);
}
