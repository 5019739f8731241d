package org.thurstone.rank.posterior;

import static org.thurstone.statistics.Logistic.logSigmoid;
import static org.thurstone.statistics.Logistic.sigmoid;

import java.util.function.DoubleUnaryOperator;

/**
 * All battles of a pair: σ(−d)^won·σ(d)^lost, of which d is the strength of the other item less that of the reference. Its moments are integrals over one
 * dimension, by the trapezoidal rule, which for smooth densities is as exact as rounding.
 *
 * @param won the battles that the reference won, ties as half of one each
 * @param lost those that it lost
 */
record PairSite(int reference, int other, double won, double lost) implements Site {

    private static final int MOST_STEPS = 100;
    private static final int POINTS = 400;
    /** Where the logarithm of the density is so far below its peak, nothing is left. */
    private static final double NOTHING = 45;

    @Override
    public int[] others() {
        return new int[] {other};
    }

    @Override
    public double copies() {
        return 1;
    }

    @Override
    public Moments tilted(Moments density, Moments start) {
        double m = density.mean()[0];
        double v = density.covariance()[0][0];
        double mode = mode(m, v, start.mean()[0]);
        double p = sigmoid(mode);
        double width = 1 / Math.sqrt((won + lost) * p * (1 - p) + 1 / v);
        DoubleUnaryOperator log = d -> won * logSigmoid(-d) + lost * logSigmoid(d) - (d - m) * (d - m) / (2 * v);
        double peak = log.applyAsDouble(mode);
        double low = end(log, mode, peak, -width);
        double high = end(log, mode, peak, width);
        double step = (high - low) / POINTS;
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int k = 0; k <= POINTS; k++) {
            double off = low + k * step - mode;
            double here = Math.exp(log.applyAsDouble(mode + off) - peak);
            sum += here;
            first += here * off;
            second += here * off * off;
        }
        double shift = first / sum;
        return new Moments(new double[] {mode + shift}, new double[][] {{second / sum - shift * shift}});
    }

    /** Newton's method on a concave function, with steps of at most 2. */
    private double mode(double m, double v, double start) {
        double d = start;
        for (int step = 0; step < MOST_STEPS; step++) {
            double p = sigmoid(d);
            double slope = lost * (1 - p) - won * p - (d - m) / v;
            double bend = (won + lost) * p * (1 - p) + 1 / v;
            double move = Math.clamp(slope / bend, -2, 2);
            d += move;
            if (Math.abs(move) < 1e-10) {
                break;
            }
        }
        return d;
    }

    private static double end(DoubleUnaryOperator log, double mode, double peak, double width) {
        double reach = 4 * width;
        while (peak - log.applyAsDouble(mode + reach) < NOTHING) {
            reach *= 1.3;
        }
        return mode + reach;
    }
}
