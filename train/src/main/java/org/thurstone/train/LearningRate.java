package org.thurstone.train;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * A learning-rate schedule: the factor of its peak at each step. During warm-up the factor of step s (from 0) is (s + 1)/warm-up, so that the first
 * step learns and the last one of the warm-up is at the peak; after it comes what the record says.
 */
public sealed interface LearningRate {

    Warmup warmup();

    /**
     * The factor after the warm-up.
     *
     * @param progress from 0 at its end to 1 at the end of training; 1 itself is never trained at
     */
    double afterWarmup(double progress);

    /**
     * The factor for a step.
     *
     * @param step from 0; from {@code total} on, the value at the very end
     * @param total steps of the training, warm-up included
     */
    default double at(long step, long total) {
        if (step < 0 || total < 0) {
            throw new IllegalArgumentException("step " + step + " of " + total + ": neither can be negative");
        }
        long warm = warmup().steps(total);
        if (step < warm) {
            return (step + 1.0) / warm;
        }
        return afterWarmup(step >= total ? 1 : (double) (step - warm) / (total - warm));
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is not in [0, 1]");
        }
    }

    /** The length of the warm-up. */
    sealed interface Warmup {

        long steps(long total);

        /** A number of steps, even if training is shorter. */
        record Steps(long count) implements Warmup {
            public Steps {
                if (count < 0) {
                    throw new IllegalArgumentException("a warm-up of " + count + " steps: it must be at least 0");
                }
            }

            @Override
            public long steps(long total) {
                return count;
            }
        }

        /** A share of the training, in [0, 1], rounded up to whole steps. */
        record Share(double share) implements Warmup {
            public Share {
                LearningRate.requireShare("the share of the warm-up", share);
            }

            @Override
            public long steps(long total) {
                // 0.1 · 30 is 3.0000000000000004, and means 3.
                return (long) Math.ceil(share * total - 1e-9);
            }
        }
    }

    /** Stays at the peak. */
    @Method(
            name = "constant",
            kind = "schedule",
            summary = "the peak learning rate at every step after the warm-up",
            formula = "1")
    record Constant(@Default("{steps: 0}") Warmup warmup) implements LearningRate {
        @Override
        public double afterWarmup(double progress) {
            return 1;
        }
    }

    /** Falls in a straight line to 0. */
    @Method(
            name = "linear",
            kind = "schedule",
            summary = "a straight line from the peak to 0, after the warm-up",
            formula = "1 − t")
    record Linear(@Default("{share: 0.1}") Warmup warmup) implements LearningRate {
        @Override
        public double afterWarmup(double progress) {
            return 1 - progress;
        }
    }

    /**
     * Falls along half a cosine.
     *
     * @param floor share of the peak that it ends at, in [0, 1]
     */
    @Method(
            name = "cosine",
            kind = "schedule",
            source = "arXiv:1608.03983",
            summary = "half a cosine from the peak to a floor, after the warm-up",
            formula = "f + (1 − f)·(1 + cos πt)/2")
    record Cosine(
            @Default("{share: 0.1}") Warmup warmup,
            @Default("0.1") double floor) implements LearningRate {
        public Cosine {
            LearningRate.requireShare("floor", floor);
        }

        @Override
        public double afterWarmup(double progress) {
            return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
        }
    }
}
