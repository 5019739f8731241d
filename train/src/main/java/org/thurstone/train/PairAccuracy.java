package org.thurstone.train;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.thurstone.statistics.Estimate;
import org.thurstone.train.example.TrainingPair;

/**
 * The share of pairs in which a value ranks the better completion higher. Pairs labelled as ties do not count.
 *
 * @param right number of correctly ranked pairs
 * @param count number of pairs
 */
record PairAccuracy(double right, int count) {

    /** By implicit reward, as TRL counts: an equal pair is none, and neither is a difference that is no more than rounding. */
    static PairAccuracy ofRewards(List<ExampleMetrics> pairs) {
        return of(
                pairs,
                (better, worse) -> better.reward() - worse.reward() > Math.max(better.noise(), worse.noise()) ? 1 : 0);
    }

    /** By a value; an equal pair counts half, as a coin would be right about. */
    static PairAccuracy of(List<ExampleMetrics> pairs, ToDoubleFunction<ExampleMetrics.Completion> value) {
        return of(pairs, (better, worse) -> {
            double lead = value.applyAsDouble(better) - value.applyAsDouble(worse);
            return lead > 0 ? 1 : lead == 0 ? 0.5 : 0;
        });
    }

    private static PairAccuracy of(
            List<ExampleMetrics> pairs,
            ToDoubleBiFunction<ExampleMetrics.Completion, ExampleMetrics.Completion> rightAbout) {
        double right = 0;
        int count = 0;
        for (ExampleMetrics f : pairs) {
            double p = ((TrainingPair) f.example()).probability();
            if (p == 0.5) {
                continue;
            }
            ExampleMetrics.Completion first = f.completions().get(0);
            ExampleMetrics.Completion second = f.completions().get(1);
            right += p > 0.5 ? rightAbout.applyAsDouble(first, second) : rightAbout.applyAsDouble(second, first);
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
