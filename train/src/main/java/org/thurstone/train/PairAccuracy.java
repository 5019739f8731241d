package org.thurstone.train;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thurstone.statistics.Estimate;
import org.thurstone.train.example.TrainingPair;

/**
 * The accuracy over pairs of a value that should be higher for the chosen. An equal pair counts half; pairs labelled as ties do not count.
 *
 * @param right how many, in halves
 * @param count of how many
 */
record PairAccuracy(double right, int count) {

    static PairAccuracy of(List<ExampleMetrics> pairs, ToDoubleFunction<ExampleMetrics.Completion> value) {
        double right = 0;
        int count = 0;
        for (ExampleMetrics f : pairs) {
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
        return new PairAccuracy(right, count);
    }

    /** The share that is right; NaN if there are none. */
    double share() {
        return estimate().mean();
    }

    /** The share that is right, with Wilson's 95 % interval. */
    Estimate estimate() {
        return Estimate.ofShare(right, count);
    }
}
