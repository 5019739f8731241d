package org.thurstone.worlds.language.offline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.train.Evaluation;
import org.thurstone.worlds.language.ModelTrainer;

/**
 * The curves of a training run, from its metrics.
 *
 * @param steps of training, in order
 * @param evaluations on held-out examples, in order; the first is before any step
 */
record Curves(List<MetricsRow> steps, List<MetricsRow> evaluations) {

    static final String TRAIN = "train";
    static final String HELD_OUT = "held-out";

    static Curves of(List<MetricsRow> rows) {
        return new Curves(
                rows.stream().filter(r -> r.stage().equals(TRAIN)).toList(),
                rows.stream().filter(r -> r.stage().equals(HELD_OUT)).toList());
    }

    /** A figure of a row; NaN where it has none. */
    static double figure(MetricsRow row, String name) {
        return row.values().getOrDefault(name, Double.NaN);
    }

    /**
     * An evaluation under the names of the metrics log, TRL's where it has one.
     *
     * @param same whether policy and reference are one: then no pair is won, and an accuracy has no interval
     */
    static Map<String, Double> figures(Evaluation e, boolean same) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("examples", (double) e.examples());
        figures.put("loss", e.loss());
        figures.put("logps", e.logProb());
        figures.put("kl", e.divergence());
        e.pairs().ifPresent(p -> {
            figures.putAll(ModelTrainer.figures(p.rewards()));
            if (!same) {
                figures.put("accuracies/low", p.low());
                figures.put("accuracies/high", p.high());
            }
            figures.put("shorter_wins", p.shorterWins());
            figures.put("longer_wins", p.longerWins());
        });
        figures.values().removeIf(v -> Double.isNaN(v));
        return figures;
    }

    /** Whether held-out pairs were compared. */
    boolean pairs() {
        return !evaluations.isEmpty() && evaluations.getFirst().values().containsKey("shorter_wins");
    }

    /** Mean training loss of the steps from one (exclusive) to another (inclusive). */
    double trainingLoss(long after, long upTo) {
        return mean("loss", after, upTo);
    }

    /** Mean of a figure over the steps from one (exclusive) to another (inclusive); NaN where they have none. */
    double mean(String figure, long after, long upTo) {
        return steps.stream()
                .filter(r -> r.step() > after && r.step() <= upTo)
                .mapToDouble(r -> figure(r, figure))
                .average()
                .orElse(Double.NaN);
    }

    /** The evaluation with the lowest loss. */
    MetricsRow best() {
        return evaluations.stream()
                .min((a, b) -> Double.compare(figure(a, "loss"), figure(b, "loss")))
                .orElseThrow();
    }

    /** Whether the held-out loss rose from its lowest while the training loss continued to fall, below its start. */
    boolean overfitted(long stepsPerEpoch) {
        if (evaluations.size() < 2 || best().equals(evaluations.getLast())) {
            return false;
        }
        long last = evaluations.getLast().step();
        double first = trainingLoss(0, Math.min(stepsPerEpoch, last));
        double end = trainingLoss(Math.max(0, last - stepsPerEpoch), last);
        // A loss that falls back from where it had jumped has not been learned by heart: it has to be below its start,
        // too.
        double start = figure(steps.getFirst(), "loss");
        // With one epoch there is no earlier one to compare with: the halves are.
        return last <= stepsPerEpoch
                ? trainingLoss(last / 2, last) < Math.min(start, trainingLoss(0, last / 2))
                : end < Math.min(start, first);
    }
}
