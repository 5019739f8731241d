package org.thurstone.train;

import java.util.List;
import java.util.Optional;
import org.thurstone.train.example.TrainingPair;

/**
 * The evaluation of a policy on held-out examples.
 *
 * @param examples how many
 * @param loss Σ weight · loss / examples
 * @param logProb mean log-probability of the first completions (of pairs, the chosen), in nats
 * @param divergence mean over completions of Σ_t (u_t − log u_t − 1), u the likelihood ratio of policy to reference at a token, in nats: an
 *     estimate of KL(reference ‖ policy) a completion as far as the data is what the reference would say; never negative. Nothing is sampled for
 *     it. NaN without a reference
 * @param pairs what can be said of pairs only
 */
public record Evaluation(int examples, double loss, double logProb, double divergence, Optional<Pairs> pairs) {

    /**
     * Held-out pairs.
     *
     * @param rewards implicit rewards and their accuracy
     * @param low lower end of Wilson's 95 % interval of the accuracy
     * @param high its upper end
     * @param shorterWins the accuracy of saying "the shorter one", in tokens; equal lengths count half
     * @param longerWins of saying "the longer one"
     */
    public record Pairs(Rewards rewards, double low, double high, double shorterWins, double longerWins) {}

    static Evaluation of(List<ExampleMetrics> figures, double loss) {
        List<ExampleMetrics> pairs = figures.stream()
                .filter(f -> f.example() instanceof TrainingPair)
                .toList();
        return new Evaluation(
                figures.size(),
                loss,
                logProb(figures, 0),
                divergence(figures),
                pairs.isEmpty() ? Optional.empty() : Rewards.of(pairs).map(r -> pairs(r, pairs)));
    }

    private static Pairs pairs(Rewards rewards, List<ExampleMetrics> pairs) {
        PairAccuracy wins = PairAccuracy.ofRewards(pairs);
        PairAccuracy shorter = PairAccuracy.of(pairs, c -> -c.length());
        return new Pairs(
                rewards,
                wins.estimate().low(),
                wins.estimate().high(),
                shorter.share(),
                PairAccuracy.of(pairs, ExampleMetrics.Completion::length).share());
    }

    static double divergence(List<ExampleMetrics> figures) {
        return figures.stream()
                .flatMap(f -> f.completions().stream())
                .mapToDouble(ExampleMetrics.Completion::divergence)
                .average()
                .orElse(Double.NaN);
    }

    private static double logProb(List<ExampleMetrics> figures, int completion) {
        return figures.stream()
                .mapToDouble(f -> f.completions().get(completion).logProb())
                .average()
                .orElse(Double.NaN);
    }
}
