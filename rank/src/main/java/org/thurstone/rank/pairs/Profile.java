package org.thurstone.rank.pairs;

import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Normal;

/**
 * Likelihood-ratio intervals: the values of one strength (about its group's mean) at which the best fit of all else is not rejected,
 * twice the loss of log-likelihood being below the χ² quantile. Each end is found by Newton steps on the profile, whose slope is the
 * Lagrange multiplier of holding the strength where it is.
 */
final class Profile {

    private static final int MOST_STEPS = 100;

    private final PairFit fit;
    private final double peak;
    private final double allowed;

    /** @param level such as 0.95 */
    Profile(PairFit fit, double level) {
        this.fit = fit;
        this.peak = fit.likelihood().value(fit.parameters());
        double quantile = Normal.quantile((1 + level) / 2);
        this.allowed = quantile * quantile / 2;
    }

    /** The low and the high end for each item; of an item that is alone in its group NaN. */
    double[][] intervals(double[] standardErrors) {
        double[] strengths = fit.strengths();
        return IntStream.range(0, fit.items())
                .parallel()
                .mapToObj(i -> {
                    if (fit.groups().members(fit.groups().of()[i]).size() < 2) {
                        return new double[] {Double.NaN, Double.NaN};
                    }
                    return new double[] {
                        end(i, strengths[i], -standardErrors[i]), end(i, strengths[i], standardErrors[i])
                    };
                })
                .toArray(double[][]::new);
    }

    private double end(int item, double centre, double standardError) {
        double[] p = fit.parameters().clone();
        double at = centre + Math.sqrt(2 * allowed) * standardError;
        double inside = centre;
        double outside = Double.NaN;
        for (int step = 0; step < MOST_STEPS; step++) {
            double multiplier = hold(item, at, p);
            double loss = peak - fit.likelihood().value(p) - allowed;
            if (Math.abs(loss) < 1e-9 * allowed) {
                return at;
            }
            if (loss < 0) {
                inside = at;
            } else {
                outside = at;
            }
            // The loss grows by the multiplier; a step that leaves what is known to hold the end is halved into it.
            double next = at - loss / -multiplier;
            boolean astray = !Double.isFinite(next)
                    || (next - inside) * standardError <= 0
                    || (!Double.isNaN(outside) && (outside - next) * standardError <= 0);
            if (astray) {
                next = Double.isNaN(outside) ? at + standardError : (inside + outside) / 2;
            }
            if (Math.abs(next - at) < 1e-12 * Math.max(1, Math.abs(at))) {
                return next;
            }
            at = next;
        }
        return at;
    }

    /** Climbs with one strength held, from and into p; returns the slope of the profile there. */
    private double hold(int item, double value, double[] p) {
        PairLikelihood likelihood = fit.likelihood();
        List<Integer> members = fit.groups().members(fit.groups().of()[item]);
        double[] contrast = new double[p.length];
        members.forEach(i -> contrast[i] = -1.0 / members.size());
        contrast[item] += 1;
        double multiplier = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            PairLikelihood.Point point = likelihood.at(p);
            Cholesky curvature = Cholesky.of(PairNewton.held(point.information(), likelihood, fit.groups()));
            double[] free = curvature.solve(point.gradient());
            double[] pull = curvature.solve(contrast);
            double gap = value - dot(contrast, p);
            double force = (gap - dot(contrast, free)) / dot(contrast, pull);
            multiplier = -force;
            double size = 0;
            double[] move = new double[p.length];
            for (int j = 0; j < p.length; j++) {
                move[j] = free[j] + force * pull[j];
                size = Math.max(size, Math.abs(move[j]));
            }
            // Far steps are shortened: the constraint is linear, so half a step goes half the way to it.
            double rate = Math.min(1, 2 / size);
            for (int j = 0; j < p.length; j++) {
                p[j] += rate * move[j];
            }
            if (size < 1e-10) {
                break;
            }
        }
        return multiplier;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
