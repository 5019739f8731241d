package org.thurstone.statistics;

/**
 * The standard normal distribution, to about fifteen digits of relative error in either tail.
 *
 * <p>The distribution function is a series near zero (Marsaglia, "Evaluating the normal distribution", 2004) and a continued fraction
 * of the tail beyond 1.5 (Abramowitz and Stegun 26.2.14); the quantile inverts it by Newton's steps on its logarithm.
 */
public final class Normal {

    /** The 97.5 % quantile, correctly rounded: 95 % of the distribution lies within this many standard deviations of the mean. */
    public static final double TWO_SIDED_95 = 1.959963984540054;

    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double TAIL = 1.5;

    private Normal() {}

    public static double density(double x) {
        return Math.exp(logDensity(x));
    }

    public static double logDensity(double x) {
        return -0.5 * x * x - LOG_ROOT_TWO_PI;
    }

    /** The probability of less than x. */
    public static double below(double x) {
        if (x > 0) {
            return 1 - below(-x);
        }
        return x < -TAIL ? Math.exp(logTail(x)) : 0.5 + density(x) * series(x);
    }

    /** Its logarithm, which does not underflow. */
    public static double logBelow(double x) {
        if (x < -TAIL) {
            return logTail(x);
        }
        return x > 0 ? Math.log1p(-below(-x)) : Math.log(below(x));
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return sum;
    }

    private static double logTail(double x) {
        double far = -x;
        double fraction = far;
        for (int k = 120; k > 0; k--) {
            fraction = far + k / fraction;
        }
        return logDensity(x) - Math.log(fraction);
    }

    /** The x of which {@link #below} is p, for p within (0, 1). */
    public static double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("the normal distribution has no finite quantile of " + p);
        }
        if (p > 0.5) {
            return -quantile(1 - p);
        }
        double target = Math.log(p);
        double x = 0;
        if (p < 0.4) {
            double t = Math.sqrt(-2 * target);
            x = -(t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)));
        }
        for (int step = 0; step < 50; step++) {
            double log = logBelow(x);
            double change = (log - target) / Math.exp(logDensity(x) - log);
            x -= change;
            if (Math.abs(change) < 1e-15 * Math.max(1, Math.abs(x))) {
                break;
            }
        }
        return x;
    }
}
