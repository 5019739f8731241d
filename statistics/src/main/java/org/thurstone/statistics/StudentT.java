package org.thurstone.statistics;

/** Student's t distribution, for intervals of means of few values. */
public final class StudentT {

    /** The 97.5 % quantiles of one to nine degrees of freedom, from tables. */
    private static final double[] FEW = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};

    /** Beyond so many degrees of freedom the expansion is right to ten digits at any usual level. */
    private static final int MANY = 1000;

    private StudentT() {}

    /**
     * The 97.5 % quantile: 95 % of the distribution lies within this distance of zero. Up to nine degrees of freedom it is from tables, above by
     * Cornish and Fisher's expansion about the normal (Abramowitz and Stegun 26.7.5), which is then right to three decimals.
     *
     * @param freedom degrees of freedom, at least 1
     */
    public static double twoSided95(int freedom) {
        if (freedom < 1) {
            throw new IllegalArgumentException("Student's t has at least one degree of freedom, not " + freedom);
        }
        if (freedom <= FEW.length) {
            return FEW[freedom - 1];
        }
        return expanded(Normal.quantile(0.975), freedom);
    }

    private static double expanded(double z, double n) {
        double z3 = Math.pow(z, 3);
        double z5 = Math.pow(z, 5);
        double z7 = Math.pow(z, 7);
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }

    /**
     * The distance from zero within which a share of the distribution lies.
     *
     * @param level the share, within (0, 1)
     * @param freedom degrees of freedom, at least 1
     */
    public static double twoSided(double level, int freedom) {
        if (freedom < 1) {
            throw new IllegalArgumentException("Student's t has at least one degree of freedom, not " + freedom);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level is " + level + ", not between 0 and 1");
        }
        if (freedom > MANY) {
            return expanded(Normal.quantile((1 + level) / 2), freedom);
        }
        double low = 0;
        double high = 1;
        while (within(high, freedom) < level) {
            high *= 2;
        }
        for (int step = 0; step < 100; step++) {
            double middle = (low + high) / 2;
            if (within(middle, freedom) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * The share of the distribution within a distance of zero, by finite sums of powers of a cosine (Abramowitz and Stegun 26.7.3 and 26.7.4); one less it is
     * the p-value of a two-sided test.
     *
     * @param t at least 0
     * @param freedom degrees of freedom, at least 1
     */
    public static double within(double t, int freedom) {
        double angle = Math.atan(t / Math.sqrt(freedom));
        double cosine = Math.cos(angle);
        double square = cosine * cosine;
        boolean odd = freedom % 2 == 1;
        double term = odd ? cosine : 1;
        double sum = 0;
        for (int k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
            sum += term;
            term *= square * (k + 1.0) / (k + 2.0);
        }
        return odd ? 2 / Math.PI * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
    }
}
