package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.List;
import org.thurstone.loop.metrics.MetricsRow;

/** The result of offline training. */
public record Outcome(OfflineRecipe recipe, Inputs inputs, OfflineData.Counts counts, Curves curves, Path policy) {

    /**
     * An evaluation for machines; what a data set has no pairs for is NaN.
     *
     * @param accuracy share of held-out pairs whose chosen completion has the higher implicit reward
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param margin mean difference of the implicit rewards (without beta) in nats
     * @param divergence from the reference in nats a completion
     * @param shorterWins the accuracy of always saying "the shorter one"
     */
    public record Point(
            double epoch,
            double loss,
            double accuracy,
            double low,
            double high,
            double margin,
            double divergence,
            double shorterWins,
            double longerWins) {}

    public List<Point> evaluations() {
        return curves.evaluations().stream().map(this::point).toList();
    }

    /** Whether the held-out loss rose while the training loss went on falling. */
    public boolean overfitted() {
        return curves.overfitted(counts.stepsPerEpoch());
    }

    /** Rows left out, for whatever reason. */
    public long dropped() {
        return counts.dropped();
    }

    double epoch(MetricsRow row) {
        return (double) row.step() / counts.stepsPerEpoch();
    }

    private Point point(MetricsRow row) {
        return new Point(
                epoch(row),
                Curves.figure(row, "loss"),
                Curves.figure(row, "accuracy"),
                Curves.figure(row, "accuracy/low"),
                Curves.figure(row, "accuracy/high"),
                Curves.figure(row, "rewards/margin"),
                Curves.figure(row, "divergence"),
                Curves.figure(row, "shorter-wins"),
                Curves.figure(row, "longer-wins"));
    }
}
