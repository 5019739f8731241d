package org.thurstone.rank.pairs;

import java.util.SplittableRandom;

/** Some drawn scores side by side, to which random numbers are added. */
final class DrawnScores {

    private static final int WIDTH = PairCurvature.WIDTH;

    /**
     * Where random numbers come from: the same for any number of threads.
     *
     * @param first how many scores were drawn before
     * @param normal whether numbers are normal, or 1 and −1
     */
    record Numbers(long seed, int first, boolean normal) {

        /** Those of a part of the cells. */
        Generator part(int part) {
            SplittableRandom random = new SplittableRandom(
                    seed * 0x9E3779B97F4A7C15L + first * 0xD1B54A32D192ED03L + part * 0x8CB92BA72F3D8DD7L);
            return new Generator(random, normal);
        }
    }

    /** Independent numbers with mean 0 and variance 1. */
    static final class Generator {
        private final SplittableRandom random;
        private final boolean normal;
        private long signs;
        private int left;

        Generator(SplittableRandom random, boolean normal) {
            this.random = random;
            this.normal = normal;
        }

        void fill(double[] numbers, double scale) {
            if (normal) {
                for (int k = 0; k < WIDTH; k++) {
                    numbers[k] = scale * random.nextGaussian();
                }
                return;
            }
            if (left == 0) {
                signs = random.nextLong();
                left = Long.SIZE;
            }
            long bits = Double.doubleToRawLongBits(scale);
            for (int k = 0; k < WIDTH; k++) {
                numbers[k] = Double.longBitsToDouble(bits ^ ((signs >>> k) << 63));
            }
            signs >>>= WIDTH;
            left -= WIDTH;
        }
    }

    private final Generator generator;
    private final double[] sums;
    private final double[] numbers = new double[WIDTH];

    /** @param sums parameters × width, row by row; added to */
    DrawnScores(Generator generator, double[] sums) {
        this.generator = generator;
        this.sums = sums;
    }

    /** Draws new numbers with mean 0, one for each score. */
    void draw(double deviation) {
        generator.fill(numbers, deviation);
    }

    /** Adds the numbers to the scores of a parameter, times a factor. */
    void add(int parameter, double factor) {
        int at = parameter * WIDTH;
        for (int k = 0; k < WIDTH; k++) {
            sums[at + k] += factor * numbers[k];
        }
    }

    double[] sums() {
        return sums;
    }
}
