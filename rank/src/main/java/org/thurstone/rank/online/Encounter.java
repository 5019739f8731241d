package org.thurstone.rank.online;

import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;

/**
 * A battle as an online rating learns from it.
 *
 * @param left the index of the left item
 * @param right the index of the right item
 * @param weight 1 counts once
 * @param time in seconds since 1970; NaN where it is unknown
 * @param home whether the left item was at home
 * @param margin by how much the winner won, at least 1
 * @param tournament in which it was played; empty where unknown
 */
public record Encounter(
        int left, int right, Outcome outcome, double weight, double time, boolean home, int margin, String tournament) {

    /** A battle of a list. */
    public static Encounter of(Battles battles, int battle) {
        return new Encounter(
                battles.left(battle),
                battles.right(battle),
                battles.outcome(battle),
                battles.weight(battle),
                battles.time(battle),
                battles.home(battle),
                battles.margin(battle),
                battles.tournaments().get(battles.tournament(battle)));
    }
}
