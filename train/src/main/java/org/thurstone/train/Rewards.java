package org.thurstone.train;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.SingleValues;

/**
 * Implicit rewards ({@link org.thurstone.train.loss.ImplicitReward}) of the better and the worse completions of a batch, with β: what TRL logs as
 * {@code rewards/…} and {@code logps/…}. Chosen and rejected are the two of a pair, or the desirable and the undesirable single completions.
 *
 * @param chosen mean; NaN if there are none
 * @param rejected mean; NaN if there are none
 * @param margins chosen − rejected
 * @param accuracies share of pairs in which the chosen one's is higher; equal ones do not count as a win, and pairs labelled as ties do not count.
 *     NaN where there are no pairs
 * @param chosenLogProb mean log-probability of the chosen, in nats
 * @param rejectedLogProb of the rejected
 */
public record Rewards(
        double chosen,
        double rejected,
        double margins,
        double accuracies,
        double chosenLogProb,
        double rejectedLogProb) {

    /** Empty for examples that are neither pairs nor labelled completions. */
    static Optional<Rewards> of(List<ExampleMetrics> figures) {
        List<ExampleMetrics> pairs = figures.stream()
                .filter(f -> f.example() instanceof TrainingPair)
                .toList();
        if (!pairs.isEmpty()) {
            return Optional.of(of(
                    pairs.stream().map(f -> f.completions().get(0)).toList(),
                    pairs.stream().map(f -> f.completions().get(1)).toList(),
                    PairAccuracy.ofRewards(pairs).share()));
        }
        List<ExampleMetrics> labelled = figures.stream()
                .filter(f -> f.values() == SingleValues.LABELS && f.example() instanceof TrainingSingle)
                .toList();
        return labelled.isEmpty()
                ? Optional.empty()
                : Optional.of(of(labelled(labelled, true), labelled(labelled, false), Double.NaN));
    }

    private static Rewards of(
            List<ExampleMetrics.Completion> chosen, List<ExampleMetrics.Completion> rejected, double accuracies) {
        double better = mean(chosen, ExampleMetrics.Completion::reward);
        double worse = mean(rejected, ExampleMetrics.Completion::reward);
        return new Rewards(
                better,
                worse,
                better - worse,
                accuracies,
                mean(chosen, ExampleMetrics.Completion::logProb),
                mean(rejected, ExampleMetrics.Completion::logProb));
    }

    private static List<ExampleMetrics.Completion> labelled(List<ExampleMetrics> singles, boolean desirable) {
        return singles.stream()
                .filter(f -> ((TrainingSingle) f.example()).value() > 0.5 == desirable)
                .map(f -> f.completions().getFirst())
                .toList();
    }

    private static double mean(
            List<ExampleMetrics.Completion> completions, ToDoubleFunction<ExampleMetrics.Completion> value) {
        return completions.stream().mapToDouble(value).average().orElse(Double.NaN);
    }
}
