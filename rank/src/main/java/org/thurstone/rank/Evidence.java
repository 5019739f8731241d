package org.thurstone.rank;

/**
 * What an item's standing rests on.
 *
 * @param battles the weight of its battles, or of the orders that contain it; NaN where it is unknown
 * @param wins the weight of the battles that it won; NaN where it is unknown, as of orders
 * @param ties the weight of its battles without a winner; NaN likewise
 * @param interval the kind of its interval
 * @param best the best place that it may have, considered alone; from 1, 0 where it is unknown
 * @param worst the worst such place
 * @param provisional whether the battles are fewer than {@link Inference#provisional}
 */
public record Evidence(
        double battles, double wins, double ties, IntervalKind interval, int best, int worst, boolean provisional) {

    /** Nothing is known of the votes, and there is no interval. */
    public static final Evidence UNKNOWN =
            new Evidence(Double.NaN, Double.NaN, Double.NaN, IntervalKind.NONE, 0, 0, false);

    /** The same with the votes that are known of. */
    public Evidence withVotes(double ofBattles, double ofWins, double ofTies, boolean few) {
        return new Evidence(ofBattles, ofWins, ofTies, interval, best, worst, few);
    }

    public Evidence with(IntervalKind kind) {
        return new Evidence(battles, wins, ties, kind, best, worst, provisional);
    }

    public Evidence withPlaces(int bestAlone, int worstAlone) {
        return new Evidence(battles, wins, ties, interval, bestAlone, worstAlone, provisional);
    }
}
