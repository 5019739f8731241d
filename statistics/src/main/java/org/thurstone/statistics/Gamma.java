package org.thurstone.statistics;

import java.util.random.RandomGenerator;

/** The gamma distribution of scale 1, and the gamma function. */
public final class Gamma {

    private static final double LARGE = 10;

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

    /**
     * The logarithm of the gamma function, by Stirling's series after the argument is raised to at least 10 (Abramowitz and Stegun 6.1.40).
     *
     * @param x above 0
     */
    public static double logFunction(double x) {
        double shift = 0;
        double z = x;
        for (; z < LARGE; z++) {
            shift += Math.log(z);
        }
        double r = 1 / (z * z);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / z;
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }

    /**
     * The digamma function, the derivative of {@link #logFunction}, likewise (Abramowitz and Stegun 6.3.18).
     *
     * @param x above 0
     */
    public static double digamma(double x) {
        double shift = 0;
        double z = x;
        for (; z < LARGE; z++) {
            shift += 1 / z;
        }
        double r = 1 / (z * z);
        return Math.log(z)
                - 1 / (2 * z)
                - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132))))
                - shift;
    }
}
