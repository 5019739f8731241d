package org.thurstone.tensor;

/**
 * The course of the learning rate as a factor of its peak. During warm-up the factor of step s (from 0) is (s + 1)/warm-up, so that the first
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

    /** How long the rate climbs. */
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
                AdamW.require(share >= 0 && share <= 1, "the share of the warm-up", share, "in [0, 1]");
            }

            @Override
            public long steps(long total) {
                // 0.1 · 30 is 3.0000000000000004, and means 3.
                return (long) Math.ceil(share * total - 1e-9);
            }
        }
    }

    /** Stays at the peak. */
    record Constant(Warmup warmup) implements LearningRate {
        @Override
        public double afterWarmup(double progress) {
            return 1;
        }
    }

    /** Falls in a straight line to nothing. */
    record Linear(Warmup warmup) implements LearningRate {
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
    record Cosine(Warmup warmup, double floor) implements LearningRate {
        public Cosine {
            AdamW.require(floor >= 0 && floor <= 1, "floor", floor, "in [0, 1]");
        }

        @Override
        public double afterWarmup(double progress) {
            return floor + (1 - floor) * (1 + Math.cos(Math.PI * progress)) / 2;
        }
    }
}
