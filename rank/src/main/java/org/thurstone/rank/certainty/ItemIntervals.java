package org.thurstone.rank.certainty;

import java.util.function.DoubleUnaryOperator;
import org.thurstone.statistics.Normal;

/** Intervals of one number from its log-likelihood, which is concave; its constant is arbitrary. */
public final class ItemIntervals {

    private static final int MOST_STEPS = 200;
    private static final double FARTHEST = 1e4;
    private static final int POINTS = 600;
    /** In the tails beyond this loss of log-density there is nothing that a quantile would notice. */
    private static final double NEGLIGIBLE = 14;

    private ItemIntervals() {}

    /**
     * The values that a likelihood-ratio test does not reject.
     *
     * @param top where the log-likelihood is greatest; infinite where it grows without end
     * @param error a guess at the standard error, above 0
     * @return the low and the high end, infinite where there is none
     */
    public static double[] likelihoodRatio(DoubleUnaryOperator log, double top, double error, double level) {
        double quantile = Normal.quantile((1 + level) / 2);
        double allowed = quantile * quantile / 2;
        if (Double.isInfinite(top)) {
            double side = Math.signum(top);
            double peak = log.applyAsDouble(side * FARTHEST);
            double end = crossing(log, peak - allowed, side * FARTHEST, -side);
            return side > 0 ? new double[] {end, top} : new double[] {top, end};
        }
        double peak = log.applyAsDouble(top);
        return new double[] {crossing(log, peak - allowed, top, -error), crossing(log, peak - allowed, top, error)};
    }

    /** Where the log-likelihood falls below a value, on the way from a place where it is above it. */
    private static double crossing(DoubleUnaryOperator log, double value, double from, double step) {
        double inside = from;
        double move = step;
        double outside = from + move;
        while (log.applyAsDouble(outside) >= value) {
            inside = outside;
            move *= 2;
            outside = from + move;
            if (Math.abs(move) > 4 * FARTHEST) {
                return Math.signum(step) * Double.POSITIVE_INFINITY;
            }
        }
        for (int k = 0; k < MOST_STEPS && Math.abs(outside - inside) > 1e-10 * Math.max(1, Math.abs(inside)); k++) {
            double middle = (inside + outside) / 2;
            if (log.applyAsDouble(middle) >= value) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return (inside + outside) / 2;
    }

    /** Equal-tailed posterior quantiles under the law of the other items, by the trapezium rule. */
    public static double[] posterior(DoubleUnaryOperator log, Spread law, double level) {
        DoubleUnaryOperator density = x -> log.applyAsDouble(x) + law.logDensity(x);
        double mode = mode(density, law);
        double peak = density.applyAsDouble(mode);
        double low = crossing(density, peak - NEGLIGIBLE, mode, -law.deviation());
        double high = crossing(density, peak - NEGLIGIBLE, mode, law.deviation());
        double[] below = new double[POINTS + 1];
        double width = (high - low) / POINTS;
        double last = 0;
        for (int k = 1; k <= POINTS; k++) {
            double here = Math.exp(density.applyAsDouble(low + k * width) - peak);
            below[k] = below[k - 1] + (last + here) / 2;
            last = here;
        }
        double tail = (1 - level) / 2;
        return new double[] {quantile(below, low, width, tail), quantile(below, low, width, 1 - tail)};
    }

    /** By golden sections between places on either side of it. */
    private static double mode(DoubleUnaryOperator density, Spread law) {
        double reach = law.deviation();
        double centre = law.mean();
        while (Math.max(density.applyAsDouble(centre - reach), density.applyAsDouble(centre + reach))
                > density.applyAsDouble(centre)) {
            centre = density.applyAsDouble(centre - reach) > density.applyAsDouble(centre + reach)
                    ? centre - reach
                    : centre + reach;
        }
        double low = centre - reach;
        double high = centre + reach;
        double golden = (Math.sqrt(5) - 1) / 2;
        while (high - low > 1e-6 * law.deviation()) {
            double a = high - golden * (high - low);
            double b = low + golden * (high - low);
            if (density.applyAsDouble(a) < density.applyAsDouble(b)) {
                low = a;
            } else {
                high = b;
            }
        }
        return (low + high) / 2;
    }

    private static double quantile(double[] below, double from, double width, double share) {
        double target = share * below[below.length - 1];
        int k = 1;
        while (below[k] < target) {
            k++;
        }
        return from + width * (k - 1 + (target - below[k - 1]) / (below[k] - below[k - 1]));
    }
}
