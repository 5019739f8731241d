package org.thurstone.rank;

/**
 * A further estimate of a model: home advantage, effect of a covariate, tie probability, log-likelihood.
 *
 * @param low the lower end of its interval; NaN where there is none
 * @param high the upper end of its interval; NaN where there is none
 * @param pValue two-sided, of a value as far from zero if the truth is zero; NaN where that is not tested
 */
public record Quantity(String name, double value, double low, double high, double pValue) {

    /** A quantity that is not tested. */
    public Quantity(String name, double value, double low, double high) {
        this(name, value, low, high, Double.NaN);
    }

    /** A quantity without an interval. */
    public static Quantity of(String name, double value) {
        return new Quantity(name, value, Double.NaN, Double.NaN);
    }
}
