package org.thurstone.statistics;

import java.util.random.RandomGenerator;

/** The gamma distribution of scale 1. */
public final class Gamma {

    private Gamma() {}

    /**
     * One draw, by rejection from a cubed normal (Marsaglia and Tsang 2000).
     *
     * @param shape the mean, and the variance; above 0
     */
    public static double draw(double shape, RandomGenerator random) {
        if (!(shape > 0)) {
            throw new IllegalArgumentException("shape is " + shape + ", not above 0");
        }
        if (shape < 1) {
            // 1 − u is never 0, so neither is the draw unless it is too small for a double.
            return Math.max(Double.MIN_NORMAL, draw(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape));
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(1 - random.nextDouble()) < x * x / 2 + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }
}
