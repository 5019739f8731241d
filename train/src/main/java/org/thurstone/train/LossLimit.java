package org.thurstone.train;

import org.thurstone.recipe.Default;

/**
 * The limit above which the loss counts as diverged: more than {@code factor} times its start for {@code steps} steps in a row. The
 * start is the loss of the first batch, before any step, or {@value #LEAST} if that is less, as some losses start at zero. Losses that train a head of
 * their own, such as DRO's value function, have no limit, since their start depends on the untrained head.
 *
 * @param factor above 1
 * @param steps at least 1
 */
public record LossLimit(
        @Default("5") double factor, @Default("5") int steps) {

    private static final double LEAST = 0.5;

    /** Five times, for five steps. */
    public static final LossLimit DEFAULT = new LossLimit(5, 5);

    public LossLimit {
        if (!(factor > 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor " + factor + " is not a finite number above 1");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps " + steps + " is below 1");
        }
    }

    /** The value that the loss may not stay above. */
    double above(double start) {
        return factor * Math.max(Math.abs(start), LEAST);
    }
}
