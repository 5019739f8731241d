package org.thurstone.rank;

/**
 * The standing of an item on a board.
 *
 * @param rating in the board's unit; NaN where the votes do not determine it
 * @param low the lower end of its interval; NaN where there is no interval, −∞ where it has no lower end
 * @param high the upper end of its interval; NaN where there is no interval, ∞ where it has no upper end
 * @param rank from 1, among the items that it can be compared with; equal ratings share one; 0 where it is unknown
 * @param best the best place that it may have, with simultaneous confidence for all items; from 1, 0 where it is unknown
 * @param worst the worst such place
 * @param group items of different groups have ratings that cannot be compared; 0 for all where there is one group
 * @param evidence the battles and the kind of interval that it rests on
 */
public record Standing(
        String item,
        double rating,
        double low,
        double high,
        int rank,
        int best,
        int worst,
        int group,
        Evidence evidence) {

    public Standing(String item, double rating, double low, double high, int rank, int best, int worst, int group) {
        this(item, rating, low, high, rank, best, worst, group, Evidence.UNKNOWN);
    }

    /** Whether the method says which places are possible. */
    public boolean placed() {
        return best > 0;
    }

    public boolean hasInterval() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    public Standing with(Evidence other) {
        return new Standing(item, rating, low, high, rank, best, worst, group, other);
    }

    /** The same with another interval. */
    public Standing withInterval(double from, double to, IntervalKind kind) {
        return new Standing(item, rating, from, to, rank, best, worst, group, evidence.with(kind));
    }

    /** The same with other simultaneous places. */
    public Standing withPlaces(int highest, int lowest) {
        return new Standing(item, rating, low, high, rank, highest, lowest, group, evidence);
    }
}
