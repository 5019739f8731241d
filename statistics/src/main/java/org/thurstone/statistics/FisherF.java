package org.thurstone.statistics;

/** Fisher's F distribution, for ratios of variances. */
public final class FisherF {

    private static final int MOST_TERMS = 10_000;
    private static final double NEAR = 1e-15;
    private static final double TINY = 1e-300;

    private FisherF() {}

    /**
     * The probability of a value of at most x.
     *
     * @param above degrees of freedom of the numerator, above 0, not necessarily whole
     * @param below degrees of freedom of the denominator, likewise
     */
    public static double cumulative(double x, double above, double below) {
        if (!(above > 0 && below > 0)) {
            throw new IllegalArgumentException("degrees of freedom are " + above + " and " + below + ", not above 0");
        }
        return x <= 0 ? 0 : incompleteBeta(above / 2, below / 2, above * x / (above * x + below));
    }

    /**
     * The value that is not exceeded with a probability, by bisection.
     *
     * @param p in (0, 1)
     */
    public static double quantile(double p, double above, double below) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("the probability " + p + " is not between 0 and 1");
        }
        double low = 0;
        double high = 1;
        while (cumulative(high, above, below) < p && high < Double.MAX_VALUE / 4) high *= 2;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) return middle;
            if (cumulative(middle, above, below) < p) low = middle;
            else high = middle;
        }
    }

    /** The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun 26.5.8), evaluated by Lentz's method. */
    private static double incompleteBeta(double a, double b, double x) {
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
        double front = Math.exp(Gamma.logFunction(a + b)
                        - Gamma.logFunction(a)
                        - Gamma.logFunction(b)
                        + a * Math.log(x)
                        + b * Math.log1p(-x))
                / a;
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double fraction = d;
        for (int m = 1; m < MOST_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < NEAR) break;
        }
        return front * fraction;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
