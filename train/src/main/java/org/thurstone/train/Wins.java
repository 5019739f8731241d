package org.thurstone.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thurstone.train.example.TrainingPair;

/**
 * In how many pairs something is right about which completion is better. An equal pair counts half; pairs labelled as ties do not count.
 *
 * @param right how many, in halves
 * @param count of how many
 */
record Wins(double right, int count) {

    private static final double Z = 1.959963984540054; // the normal's 97.5 % point

    static Wins of(List<Figures> pairs, ToDoubleFunction<Figures.Completion> value) {
        double right = 0;
        int count = 0;
        for (Figures f : pairs) {
            double p = ((TrainingPair) f.example()).probability();
            if (p == 0.5) {
                continue;
            }
            double lead = value.applyAsDouble(f.completions().get(0))
                    - value.applyAsDouble(f.completions().get(1));
            double signed = p > 0.5 ? lead : -lead;
            right += signed > 0 ? 1 : signed == 0 ? 0.5 : 0;
            count++;
        }
        return new Wins(right, count);
    }

    /** NaN if there are none. */
    double share() {
        return count == 0 ? Double.NaN : right / count;
    }

    /** The lower end of Wilson's 95 % interval. */
    double low() {
        return wilson(-1);
    }

    double high() {
        return wilson(1);
    }

    private double wilson(int side) {
        if (count == 0) {
            return Double.NaN;
        }
        double p = share();
        double z2 = Z * Z / count;
        double middle = p + z2 / 2;
        double half = Z * Math.sqrt(p * (1 - p) / count + z2 / (4.0 * count));
        return Math.clamp((middle + side * half) / (1 + z2), 0, 1);
    }
}
