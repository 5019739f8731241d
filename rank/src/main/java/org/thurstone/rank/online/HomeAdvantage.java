package org.thurstone.rank.online;

import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.rank.Battles;

/**
 * Estimates the advantage of the left item by what ratings predict before each battle: with the right advantage, the home sides of all battles together get
 * the points that were expected of them.
 */
final class HomeAdvantage {

    private static final int MOST_STEPS = 60;
    /** In points. */
    private static final double NEAR = 0.01;

    private HomeAdvantage() {}

    /**
     * The advantage at which the points of the home sides are those expected.
     *
     * @param battles in the order of their times
     * @param most the largest advantage that is considered, in points; also for the right item
     * @param with the method with an advantage
     */
    static double of(Battles battles, double most, DoubleFunction<OnlineRating> with) {
        if (IntStream.range(0, battles.count()).noneMatch(battles::home)) {
            return 0;
        }
        DoubleUnaryOperator surplus = points -> OnlineRating.surplus(battles, with.apply(points));
        double low = -most;
        double high = most;
        double atLow = surplus.applyAsDouble(low);
        double atHigh = surplus.applyAsDouble(high);
        if (atLow <= 0 || atHigh >= 0) {
            return atLow <= 0 ? low : high;
        }
        // The Illinois method: regula falsi that halves the value at an end which stays.
        double last = Double.NaN;
        int stayed = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double between = low + (high - low) * atLow / (atLow - atHigh);
            if (Math.abs(between - last) < NEAR || high - low < NEAR) {
                return between;
            }
            double value = surplus.applyAsDouble(between);
            if (value > 0) {
                low = between;
                atLow = value;
                atHigh /= stayed > 0 ? 2 : 1;
                stayed = 1;
            } else {
                high = between;
                atHigh = value;
                atLow /= stayed < 0 ? 2 : 1;
                stayed = -1;
            }
            last = between;
        }
        return (low + high) / 2;
    }
}
