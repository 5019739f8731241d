package org.thurstone.rank;

/**
 * A further estimate of a model: home advantage, effect of a covariate, tie probability, log-likelihood.
 *
 * @param low the lower end of its interval; NaN where there is none
 * @param high the upper end of its interval; NaN where there is none
 */
public record Quantity(String name, double value, double low, double high) {

    /** A quantity without an interval. */
    public static Quantity of(String name, double value) {
        return new Quantity(name, value, Double.NaN, Double.NaN);
    }
}
