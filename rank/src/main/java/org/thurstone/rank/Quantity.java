package org.thurstone.rank;

/**
 * Something else that a model estimated: a home advantage, a covariate's effect, how often equals tie, a log-likelihood.
 *
 * @param low the lower end of its interval; NaN where there is none
 * @param high the upper end of its interval; NaN where there is none
 */
public record Quantity(String name, double value, double low, double high) {

    /** Without an interval. */
    public static Quantity of(String name, double value) {
        return new Quantity(name, value, Double.NaN, Double.NaN);
    }
}
