package org.thurstone.rank.posterior;

/**
 * A factor of the likelihood that depends on the differences of some items' strengths from one of them, and how often it occurs.
 *
 * <p>Moments are those of the factor times a normal density of the differences.
 */
interface Site {

    /** The item from which differences are taken. */
    int reference();

    /** The other items; difference k is the strength of the k-th of them less that of the reference. */
    int[] others();

    /** How many equal factors the likelihood has, above 0. */
    double copies();

    /**
     * The mean and covariance of the differences under the factor times a normal density.
     *
     * @param mean of the normal density
     * @param covariance of the normal density
     */
    Moments tilted(double[] mean, double[][] covariance);

    /** A mean and a covariance. */
    record Moments(double[] mean, double[][] covariance) {}
}
