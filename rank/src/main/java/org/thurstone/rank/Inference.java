package org.thurstone.rank;

/**
 * Confidence level and kind of intervals. A method that has no intervals of the requested kind leaves them out.
 *
 * @param level of the intervals, such as 0.95; within (0, 1)
 * @param intervals how they are found
 * @param draws how many times a bootstrap draws, or a simulation of simultaneous places
 * @param unit what a bootstrap draws
 * @param seed of everything random here
 * @param provisional an item with fewer battles than this is marked as provisional
 * @param progress is told of every resample of a bootstrap
 */
public record Inference(
        double level, Intervals intervals, int draws, Unit unit, long seed, double provisional, DrawProgress progress) {

    /** An item with fewer battles is provisional, unless another number is given. */
    public static final double PROVISIONAL = 10;

    /** Intervals of 95 % whose kind each item's battles decide. */
    public static final Inference DEFAULT = new Inference(0.95, Intervals.AUTO, 1000, Unit.BATTLE, 1);

    /** Ratings alone. */
    public static final Inference NONE = new Inference(0.95, Intervals.NONE, 0, Unit.BATTLE, 1);

    public Inference(double level, Intervals intervals, int draws, Unit unit, long seed) {
        this(level, intervals, draws, unit, seed, PROVISIONAL, DrawProgress.SILENT);
    }

    public Inference {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an interval is " + level + ", not between 0 and 1");
        }
        if (draws < 0) {
            throw new IllegalArgumentException("cannot draw " + draws + " times");
        }
        if (!(provisional >= 0)) {
            throw new IllegalArgumentException("provisional is " + provisional + " battles, not at least 0");
        }
    }

    /** Is told how far a bootstrap is; from several threads. */
    @FunctionalInterface
    public interface DrawProgress {
        DrawProgress SILENT = (done, total) -> {};

        void drawn(int done, int total);
    }

    /** Kinds of intervals. */
    public enum Intervals {
        NONE,
        /**
         * Sandwich intervals of the items that enough battles speak for, and of the others intervals that hold with few battles:
         * likelihood-ratio intervals, or posterior intervals of items that won or lost every battle.
         */
        AUTO,
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
        return new Inference(level, kind, draws, unit, seed, provisional, progress);
    }

    public Inference withDraws(int count) {
        return new Inference(level, intervals, count, unit, seed, provisional, progress);
    }

    /** Another number of battles below which an item is provisional. */
    public Inference withProvisional(double battles) {
        return new Inference(level, intervals, draws, unit, seed, battles, progress);
    }

    /** The same with progress told to another listener. */
    public Inference with(DrawProgress listener) {
        return new Inference(level, intervals, draws, unit, seed, provisional, listener);
    }
}
