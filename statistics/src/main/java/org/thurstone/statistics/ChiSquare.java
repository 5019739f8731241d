package org.thurstone.statistics;

/** The χ² distribution, for sums of squared normal deviates. */
public final class ChiSquare {

    private static final int MOST_TERMS = 100_000;
    private static final double NEAR = 1e-15;
    private static final double TINY = 1e-300;

    private ChiSquare() {}

    /**
     * The probability of a value of at least x, which is the p-value of a test.
     *
     * @param x at least 0
     * @param freedom degrees of freedom, above 0, not necessarily whole
     */
    public static double above(double x, double freedom) {
        if (!(freedom > 0)) {
            throw new IllegalArgumentException("degrees of freedom are " + freedom + ", not above 0");
        }
        if (!(x >= 0)) {
            throw new IllegalArgumentException("a value of χ² is " + x + ", not at least 0");
        }
        if (x == 0) {
            return 1;
        }
        if (Double.isInfinite(x)) {
            return 0;
        }
        double a = freedom / 2;
        double half = x / 2;
        double front = Math.exp(a * Math.log(half) - half - Gamma.logFunction(a));
        return half < a + 1 ? 1 - front * series(a, half) : front * fraction(a, half);
    }

    /** γ(a, x)/(x^a·e^−x), by its series (Abramowitz and Stegun 6.5.29). */
    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > NEAR * sum; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Γ(a, x)/(x^a·e^−x), by its continued fraction (Abramowitz and Stegun 6.5.31), evaluated by Lentz's method. */
    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < MOST_TERMS; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / nonZero(numerator * d + b);
            c = nonZero(b + numerator / c);
            double step = c * d;
            fraction *= step;
            if (Math.abs(step - 1) < NEAR) {
                break;
            }
        }
        return fraction;
    }

    private static double nonZero(double x) {
        return Math.abs(x) < TINY ? TINY : x;
    }
}
