package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.worlds.language.Inputs;
import org.thurstone.worlds.language.Warning;
import org.thurstone.worlds.language.Warnings;

/**
 * The result of a training on a file.
 *
 * @param policy the model with the lowest held-out loss; the last one where nothing was held out
 */
public record Outcome(OfflineRecipe recipe, Inputs inputs, OfflineData.Counts counts, Curves curves, Path policy) {

    /**
     * An evaluation for machines; what a data set has no pairs for is NaN.
     *
     * @param accuracy share of held-out pairs whose chosen completion has the higher implicit reward
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param margin mean difference of the implicit rewards, with β
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

    /** Whether the held-out loss rose while the training loss continued to fall. */
    public boolean overfitted() {
        return curves.overfitted(counts.stepsPerEpoch());
    }

    /** The model after the last step; empty where nothing was held out, so that {@link #policy} is the last. */
    public Optional<Path> last() {
        return curves.evaluations().isEmpty() ? Optional.empty() : Optional.of(policy.resolveSibling(TrainOnData.LAST));
    }

    /** After how many epochs {@link #policy} was kept. */
    public double policyEpoch() {
        return curves.evaluations().isEmpty()
                ? (double) curves.steps().size() / counts.stepsPerEpoch()
                : epoch(curves.best());
    }

    /** The kind of a warning. */
    public List<Warning> warnings() {
        Warnings limits = recipe.warnings();
        List<Optional<Warning>> all = new ArrayList<>();
        if (curves.evaluations().isEmpty()) {
            all.addAll(withoutEvaluations(limits));
        } else {
            MetricsRow first = curves.evaluations().getFirst();
            MetricsRow last = curves.evaluations().getLast();
            MetricsRow best = curves.best();
            String end = "after " + epochs(epoch(last));
            all.add(limits.kl(end, "the reference", Curves.figure(last, "kl")));
            String logps = curves.pairs() ? "logps/chosen" : "logps";
            all.add(limits.likelihood(end, Curves.figure(first, logps), Curves.figure(last, logps)));
            all.add(limits.heldOutLoss(
                    epoch(best) == 0 ? "before the first step" : "after " + epochs(epoch(best)),
                    Curves.figure(best, "loss"),
                    end,
                    Curves.figure(last, "loss"),
                    overfitted()));
        }
        long rows = counts.training() + counts.heldOut() + dropped();
        all.add(counts.drops().stream().findFirst().flatMap(most -> limits.dropped(dropped(), rows, most.reason())));
        return all.stream().flatMap(Optional::stream).toList();
    }

    /** The first and the last epoch see the same examples; with one epoch there is no likelihood to compare. */
    private List<Optional<Warning>> withoutEvaluations(Warnings limits) {
        long steps = curves.steps().size();
        long epoch = counts.stepsPerEpoch();
        String end = "after " + epochs((double) steps / epoch);
        return List.of(
                limits.kl(end, "the reference", curves.mean("kl", steps - Math.min(steps, 10), steps)),
                limits.likelihood(
                        end, curves.mean("logps/chosen", 0, epoch), curves.mean("logps/chosen", steps - epoch, steps)));
    }

    /** {@code 1 epoch}, {@code 2.50 epochs}. */
    static String epochs(double count) {
        return count == 1
                ? "1 epoch"
                : (count == Math.rint(count) ? Long.toString((long) count) : String.format(Locale.ROOT, "%.2f", count))
                        + " epochs";
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
                Curves.figure(row, "rewards/accuracies"),
                Curves.figure(row, "accuracies/low"),
                Curves.figure(row, "accuracies/high"),
                Curves.figure(row, "rewards/margins"),
                Curves.figure(row, "kl"),
                Curves.figure(row, "shorter_wins"),
                Curves.figure(row, "longer_wins"));
    }
}
