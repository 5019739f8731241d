package org.thurstone.rank.audit;

/** The chances of who has the majority of some battles with the same probability, without drawing them one by one. */
final class MajorityOdds {

    private MajorityOdds() {}

    /**
     * Cumulated chances: that the left one wins less than half, and that it wins half or less.
     *
     * @param n number of battles, at least 0
     * @param probability that the left one wins one of them, in [0, 1]
     */
    static double[] of(int n, double probability) {
        double p = Math.clamp(probability, 1e-15, 1 - 1e-15);
        double less = 0;
        double half = 0;
        // The logarithm of the binomial probability of k wins, which as itself may be too small for a double.
        double log = n * Math.log1p(-p);
        double odds = Math.log(p) - Math.log1p(-p);
        for (int k = 0; 2 * k <= n; k++) {
            if (2 * k < n) {
                less += Math.exp(log);
            } else {
                half = Math.exp(log);
            }
            log += Math.log((double) (n - k) / (k + 1)) + odds;
        }
        return new double[] {less, less + half};
    }
}
