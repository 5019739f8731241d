package org.thurstone.rank;

/**
 * Confidence level and kind of intervals. A method that has no intervals of the requested kind leaves them out.
 *
 * @param level of the intervals, such as 0.95; within (0, 1)
 * @param intervals how they are found
 * @param draws how many times a bootstrap draws, or a simulation of simultaneous places
 * @param unit what a bootstrap draws
 * @param seed of everything random here
 */
public record Inference(double level, Intervals intervals, int draws, Unit unit, long seed) {

    /** Sandwich intervals of 95 %. */
    public static final Inference DEFAULT = new Inference(0.95, Intervals.SANDWICH, 1000, Unit.BATTLE, 1);

    /** Ratings alone. */
    public static final Inference NONE = new Inference(0.95, Intervals.NONE, 0, Unit.BATTLE, 1);

    public Inference {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an interval is " + level + ", not between 0 and 1");
        }
        if (draws < 0) {
            throw new IllegalArgumentException("cannot draw " + draws + " times");
        }
    }

    /** Kinds of intervals. */
    public enum Intervals {
        NONE,
        /** Sandwich intervals, from the curvature and the observed variance of scores: valid even if the model is not quite right. */
        SANDWICH,
        /** Fisher intervals, from the curvature alone: valid if the model is right. */
        FISHER,
        /** The values that a likelihood-ratio test does not reject; not symmetric. */
        LIKELIHOOD_RATIO,
        /** Quantiles of fits to votes drawn with replacement. */
        BOOTSTRAP
    }

    /** The independent unit that a bootstrap draws with replacement. */
    public enum Unit {
        BATTLE,
        ANNOTATOR,
        /** The group of a battle. */
        PROMPT
    }

    public Inference with(Intervals kind) {
        return new Inference(level, kind, draws, unit, seed);
    }

    public Inference withDraws(int count) {
        return new Inference(level, intervals, count, unit, seed);
    }
}
