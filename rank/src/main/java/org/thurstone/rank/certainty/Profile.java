package org.thurstone.rank.certainty;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;
import org.thurstone.statistics.Normal;

/**
 * Likelihood-ratio intervals: the values of one strength (about its group's mean) at which the best fit of all else is not rejected,
 * twice the loss of log-likelihood being below the χ² quantile. Each end is found by Newton steps on the profile, whose slope is the
 * Lagrange multiplier of holding the strength where it is.
 */
public final class Profile {

    private static final int MOST_STEPS = 100;
    /** So near, relatively, an end is found to the last value that has a likelihood. */
    private static final double NEAR = 1e-6;

    private final Surface surface;
    private final Groups groups;
    private final double[] top;
    private final double peak;
    private final double allowed;

    /** A concave log-likelihood of parameters, the strengths of items first. */
    public interface Surface {
        double value(double[] p);

        Slope at(double[] p);
    }

    /**
     * The likelihood beyond a point.
     *
     * @param curvature minus the second derivatives, made definite by {@link Groups#hold} where no prior does that
     */
    public record Slope(double[] gradient, Cholesky curvature) {}

    /**
     * About a maximum.
     *
     * @param top where it is
     * @param level such as 0.95
     */
    public Profile(Surface surface, Groups groups, double[] top, double level) {
        this.surface = surface;
        this.groups = groups;
        this.top = top.clone();
        this.peak = surface.value(top);
        double quantile = Normal.quantile((1 + level) / 2);
        this.allowed = quantile * quantile / 2;
    }

    /** The low and the high end for each item as {@link #widest} has them. */
    public double[][] intervals(double[] standardErrors) {
        return IntStream.range(0, groups.of().length)
                .parallel()
                .mapToObj(i -> widest(i, standardErrors[i]))
                .toArray(double[][]::new);
    }

    /**
     * The low and the high end for one item; NaN if it is alone in its group, and infinite where the likelihood is still above the bound at the last
     * value from which it determines the others.
     */
    public double[] widest(int item, double standardError) {
        return interval(item, standardError, 1, true);
    }

    /**
     * The low and the high end for one item; NaN if it is alone in its group.
     *
     * @param scale what the log-likelihood is multiplied by before it is compared, such as 2 where a weight of ½ is a battle
     * @throws ArithmeticException if an end is so far out that the votes determine nothing of the others any more
     */
    public double[] interval(int item, double standardError, double scale) {
        return interval(item, standardError, scale, false);
    }

    private double[] interval(int item, double standardError, double scale, boolean widest) {
        if (groups.members(groups.of()[item]).size() < 2) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double[] strengths = Arrays.copyOf(top, groups.of().length);
        groups.centre(strengths);
        return new double[] {
            end(item, strengths[item], -standardError, scale, widest),
            end(item, strengths[item], standardError, scale, widest)
        };
    }

    private double end(int item, double centre, double standardError, double scale, boolean widest) {
        double[] p = top.clone();
        double at = centre + Math.sqrt(2 * allowed) * standardError;
        double inside = centre;
        double outside = Double.NaN;
        boolean lost = false;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (lost && Math.abs(outside - inside) < NEAR * Math.max(1, Math.abs(outside))) {
                return Math.signum(standardError) * Double.POSITIVE_INFINITY;
            }
            double[] held = p.clone();
            double multiplier;
            try {
                multiplier = hold(item, at, held);
            } catch (ArithmeticException e) {
                if (!widest) {
                    throw e;
                }
                lost = true;
                outside = at;
                at = (inside + outside) / 2;
                continue;
            }
            p = held;
            double loss = peak - surface.value(p) - allowed / scale;
            if (Math.abs(loss) < 1e-9 * allowed / scale) {
                return at;
            }
            if (loss < 0) {
                inside = at;
            } else {
                outside = at;
                lost = false;
            }
            // The loss grows by the multiplier; a step that leaves what is known to hold the end is halved into it.
            double next = at - loss / -multiplier;
            boolean astray = !Double.isFinite(next)
                    || (next - inside) * standardError <= 0
                    || (!Double.isNaN(outside) && (outside - next) * standardError <= 0);
            if (astray) {
                next = Double.isNaN(outside) ? at + standardError : (inside + outside) / 2;
            }
            if (!lost && Math.abs(next - at) < 1e-12 * Math.max(1, Math.abs(at))) {
                return next;
            }
            at = next;
        }
        return lost ? Math.signum(standardError) * Double.POSITIVE_INFINITY : at;
    }

    /** Climbs with one strength held, from and into p; returns the slope of the profile there. */
    private double hold(int item, double value, double[] p) {
        List<Integer> members = groups.members(groups.of()[item]);
        double[] contrast = new double[p.length];
        members.forEach(i -> contrast[i] = -1.0 / members.size());
        contrast[item] += 1;
        double multiplier = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            Slope slope = surface.at(p);
            double[] free = slope.curvature().solve(slope.gradient());
            double[] pull = slope.curvature().solve(contrast);
            double gap = value - Matrices.dot(contrast, p);
            double force = (gap - Matrices.dot(contrast, free)) / Matrices.dot(contrast, pull);
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
}
