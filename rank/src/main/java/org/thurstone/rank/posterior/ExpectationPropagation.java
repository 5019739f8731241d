package org.thurstone.rank.posterior;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;

/**
 * Expectation propagation (Minka 2001): each factor of the likelihood is replaced by a normal one such that the posterior has the mean and covariance that it
 * would have with that one factor exact. All factors are updated at once from the posterior of the sweep before, and each moves only a part of the way, so
 * that the order of the votes does not matter.
 */
final class ExpectationPropagation {

    private static final int MOST_SWEEPS = 500;
    private static final double RATE = 0.7;
    private static final int MOST_HALVINGS = 30;
    /** The largest change of a mean, in standard deviations, and of a variance, relative to it, at the end. */
    private static final double NEAR = 1e-8;
    /** Every sweep inverts a matrix of the items' square. */
    private static final int MOST_ITEMS = 2000;

    private ExpectationPropagation() {}

    /**
     * The posterior.
     *
     * @param mean of each item's strength
     * @param covariance of all
     * @param sweeps that it took
     */
    record Posterior(double[] mean, double[][] covariance, int sweeps) {}

    /** A factor's normal approximation in the differences of its site: exp(−½·dᵀΛd + rᵀd). */
    private record Approximation(double[][] precision, double[] shift) {

        static Approximation none(int dimensions) {
            return new Approximation(new double[dimensions][dimensions], new double[dimensions]);
        }

        Approximation towards(Approximation other, double rate) {
            int n = shift.length;
            double[][] mixed = new double[n][n];
            double[] moved = new double[n];
            for (int k = 0; k < n; k++) {
                moved[k] = shift[k] + rate * (other.shift[k] - shift[k]);
                for (int l = 0; l < n; l++) {
                    mixed[k][l] = precision[k][l] + rate * (other.precision[k][l] - precision[k][l]);
                }
            }
            return new Approximation(mixed, moved);
        }
    }

    /**
     * The posterior of strengths.
     *
     * @param ridge the precision of the normal prior of each strength, above 0
     * @throws UserError if there are too many items, or the sweeps do not settle
     */
    static Posterior of(int items, double ridge, List<? extends Site> sites) {
        if (items > MOST_ITEMS) {
            throw new UserError("expectation propagation is for up to " + MOST_ITEMS + " items, and there are " + items
                    + ": use bradley-terry with ridge=0.1");
        }
        Approximation[] all = sites.stream()
                .map(site -> Approximation.none(site.others().length))
                .toArray(Approximation[]::new);
        Posterior posterior = posterior(items, ridge, sites, all, 0);
        for (int sweep = 1; sweep <= MOST_SWEEPS; sweep++) {
            Posterior before = posterior;
            Approximation[] old = all;
            List<Optional<Approximation>> updated = IntStream.range(0, old.length)
                    .parallel()
                    .mapToObj(s -> updated(sites.get(s), old[s], before))
                    .toList();
            Approximation[] next = IntStream.range(0, old.length)
                    .mapToObj(s -> updated.get(s).orElse(old[s]))
                    .toArray(Approximation[]::new);
            Optional<Posterior> moved = definite(items, ridge, sites, next, sweep);
            for (int half = 0; half < MOST_HALVINGS && moved.isEmpty(); half++) {
                Approximation[] last = next;
                next = IntStream.range(0, old.length)
                        .mapToObj(s -> old[s].towards(last[s], 0.5))
                        .toArray(Approximation[]::new);
                moved = definite(items, ridge, sites, next, sweep);
            }
            all = next;
            posterior = moved.orElse(before);
            if (moved.isPresent()
                    && updated.stream().allMatch(Optional::isPresent)
                    && change(before, posterior) < NEAR) {
                return posterior;
            }
        }
        throw new UserError("expectation propagation does not settle after " + MOST_SWEEPS
                + " sweeps; a narrower prior, such as --set ridge=1, may help");
    }

    /** Empty where all factors together moved so far that no normal distribution has this precision. */
    private static Optional<Posterior> definite(
            int items, double ridge, List<? extends Site> sites, Approximation[] all, int sweep) {
        try {
            return Optional.of(posterior(items, ridge, sites, all, sweep));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static double change(Posterior before, Posterior after) {
        double most = 0;
        for (int i = 0; i < after.mean().length; i++) {
            double variance = after.covariance()[i][i];
            most = Math.max(most, Math.abs(after.mean()[i] - before.mean()[i]) / Math.sqrt(variance));
            most = Math.max(most, Math.abs(variance - before.covariance()[i][i]) / variance);
        }
        return most;
    }

    private static Posterior posterior(
            int items, double ridge, List<? extends Site> sites, Approximation[] all, int sweep) {
        double[][] precision = new double[items][items];
        double[] shift = new double[items];
        for (int i = 0; i < items; i++) {
            precision[i][i] = ridge;
        }
        for (int s = 0; s < all.length; s++) {
            Site site = sites.get(s);
            int reference = site.reference();
            int[] others = site.others();
            double copies = site.copies();
            for (int k = 0; k < others.length; k++) {
                double r = copies * all[s].shift()[k];
                shift[others[k]] += r;
                shift[reference] -= r;
                for (int l = 0; l < others.length; l++) {
                    double p = copies * all[s].precision()[k][l];
                    precision[others[k]][others[l]] += p;
                    precision[others[k]][reference] -= p;
                    precision[reference][others[l]] -= p;
                    precision[reference][reference] += p;
                }
            }
        }
        double[][] covariance = Cholesky.of(precision).inverse();
        double[] mean = new double[items];
        for (int i = 0; i < items; i++) {
            mean[i] = Matrices.dot(covariance[i], shift);
        }
        return new Posterior(mean, covariance, sweep);
    }

    /** One copy of the factor is taken out of the posterior, and its approximation fitted to what it says exactly; empty if it cannot be taken out yet. */
    private static Optional<Approximation> updated(Site site, Approximation old, Posterior posterior) {
        int[] others = site.others();
        int reference = site.reference();
        int n = others.length;
        double[][] c = posterior.covariance();
        double[] mean = new double[n];
        double[][] covariance = new double[n][n];
        for (int k = 0; k < n; k++) {
            mean[k] = posterior.mean()[others[k]] - posterior.mean()[reference];
            for (int l = 0; l < n; l++) {
                covariance[k][l] = c[others[k]][others[l]]
                        - c[others[k]][reference]
                        - c[reference][others[l]]
                        + c[reference][reference];
            }
        }
        double[][] marginal;
        double[][] cavity;
        try {
            marginal = Cholesky.of(covariance).inverse();
            double[][] without = new double[n][n];
            for (int k = 0; k < n; k++) {
                for (int l = 0; l < n; l++) {
                    without[k][l] = marginal[k][l] - old.precision()[k][l];
                }
            }
            cavity = Cholesky.of(without).inverse();
            double[] rest = new double[n];
            for (int k = 0; k < n; k++) {
                rest[k] = Matrices.dot(marginal[k], mean) - old.shift()[k];
            }
            double[] centre = new double[n];
            for (int k = 0; k < n; k++) {
                centre[k] = Matrices.dot(cavity[k], rest);
            }
            Site.Moments tilted = site.tilted(new Site.Moments(centre, cavity), new Site.Moments(mean, covariance));
            double[][] precise = Cholesky.of(tilted.covariance()).inverse();
            double[][] precision = new double[n][n];
            double[] shift = new double[n];
            for (int k = 0; k < n; k++) {
                shift[k] = Matrices.dot(precise[k], tilted.mean()) - rest[k];
                for (int l = 0; l < n; l++) {
                    precision[k][l] = (precise[k][l] + precise[l][k]) / 2 - (without[k][l] + without[l][k]) / 2;
                }
            }
            return Optional.of(old.towards(new Approximation(precision, shift), RATE));
        } catch (ArithmeticException e) {
            // Other factors have moved further than this one yet; in the next sweep it can be taken out again.
            return Optional.empty();
        }
    }
}
