package org.thurstone.statistics;

/** Student's t distribution, for intervals of means of few values. */
public final class StudentT {

    /** The 97.5 % quantiles of one to nine degrees of freedom, from tables. */
    private static final double[] FEW = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};

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
        double z = Normal.quantile(0.975);
        double z3 = Math.pow(z, 3);
        double z5 = Math.pow(z, 5);
        double z7 = Math.pow(z, 7);
        double n = freedom;
        return z
                + (z3 + z) / (4 * n)
                + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
                + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }
}
