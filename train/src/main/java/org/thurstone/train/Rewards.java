package org.thurstone.train;

import java.util.List;
import java.util.Optional;
import org.thurstone.train.example.TrainingPair;

/**
 * Implicit rewards over pairs: log-ratios to the reference in nats (without β), or mean log-probabilities of a token where there is no
 * reference.
 *
 * @param chosen mean over pairs
 * @param rejected mean over pairs
 * @param margin chosen − rejected
 * @param accuracy share of pairs in which the chosen one's is higher; equal ones count half, pairs labelled as ties not at all (NaN if all are)
 */
public record Rewards(double chosen, double rejected, double margin, double accuracy) {

    static Optional<Rewards> of(List<ExampleMetrics> figures) {
        List<ExampleMetrics> pairs = figures.stream()
                .filter(f -> f.example() instanceof TrainingPair)
                .toList();
        if (pairs.isEmpty()) {
            return Optional.empty();
        }
        double chosen = pairs.stream()
                .mapToDouble(f -> f.completions().get(0).reward())
                .average()
                .orElseThrow();
        double rejected = pairs.stream()
                .mapToDouble(f -> f.completions().get(1).reward())
                .average()
                .orElseThrow();
        PairAccuracy wins = PairAccuracy.of(pairs, ExampleMetrics.Completion::reward);
        return Optional.of(new Rewards(chosen, rejected, chosen - rejected, wins.share()));
    }
}
