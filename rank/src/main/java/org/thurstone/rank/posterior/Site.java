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
     * @param density the moments of that density
     * @param start moments that are probably near the result
     * @throws ArithmeticException if a covariance is not positive definite
     */
    Moments tilted(Moments density, Moments start);

    /** A mean and a covariance. */
    record Moments(double[] mean, double[][] covariance) {

        /** A share of these moments, and the rest of others. */
        Moments mixed(Moments other, double share) {
            int n = mean.length;
            double[] between = new double[n];
            double[][] spread = new double[n][n];
            for (int k = 0; k < n; k++) {
                between[k] = share * mean[k] + (1 - share) * other.mean[k];
                for (int l = 0; l < n; l++) {
                    spread[k][l] = share * covariance[k][l] + (1 - share) * other.covariance[k][l];
                }
            }
            return new Moments(between, spread);
        }
    }
}
