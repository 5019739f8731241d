package org.thurstone.rank.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.statistics.Estimate;

/**
 * The quality of a model's predictions of held-out battles. Each figure is a mean over battles with a 95 % interval; a battle between items unknown
 * to the model counts as predicted ½ : ½.
 *
 * @param unknown how many of them those were
 * @param logLoss minus the logarithm of the probability of what came, in nats; of a tie, where the model has no ties, the mean of both ways
 * @param brier the squared difference between the expected and the actual share of the point
 * @param accuracy the share of battles won by the favourite; a tie, or no favourite, is half
 * @param losses the log-losses of the battles one by one
 */
public record Prediction(
        String model, int unknown, Estimate logLoss, Estimate brier, Estimate accuracy, double[] losses) {

    private static final double NEVER = 1e-15;

    public static Prediction of(String model, OutcomePredictor forecast, Battles battles) {
        return of(model, List.of(new Stretch(forecast, battles)));
    }

    /** Battles and what was expected of them then. */
    public record Stretch(OutcomePredictor forecast, Battles battles) {}

    /** Over several stretches of battles, each with its own forecast, such as year by year. */
    public static Prediction of(String model, List<Stretch> stretches) {
        List<double[]> figures = new ArrayList<>();
        int unknown = 0;
        for (Stretch stretch : stretches) {
            for (int b = 0; b < stretch.battles().count(); b++) {
                Optional<OutcomeProbabilities> known =
                        stretch.forecast().chances(stretch.battles().battle(b));
                if (known.isEmpty()) unknown++;
                OutcomeProbabilities chances = known.orElse(OutcomeProbabilities.ofLeft(0.5));
                figures.add(figures(chances, stretch.battles().outcome(b)));
            }
        }
        return new Prediction(
                model,
                unknown,
                Estimate.ofDifferences(column(figures, 0)),
                Estimate.ofDifferences(column(figures, 1)),
                Estimate.ofMean(column(figures, 2)),
                column(figures, 0));
    }

    private static double[] column(List<double[]> figures, int which) {
        return figures.stream().mapToDouble(f -> f[which]).toArray();
    }

    private static double[] figures(OutcomeProbabilities chances, Outcome outcome) {
        double expected = chances.expected();
        double share = outcome.left();
        double loss = chances.tie() > 0
                ? -log(chances.of(outcome))
                : -share * log(chances.left()) - (1 - share) * log(chances.right());
        double favourite = expected == 0.5 || share == 0.5 ? 0.5 : (expected > 0.5) == (share > 0.5) ? 1 : 0;
        return new double[] {loss, (expected - share) * (expected - share), favourite};
    }

    /** What was held to be impossible costs much, but not everything. */
    private static double log(double probability) {
        return Math.log(Math.max(NEVER, probability));
    }

    /** The mean log-loss of this prediction minus that of another one on the same battles; below 0, this one is better. */
    public Estimate above(Prediction other) {
        if (losses.length != other.losses.length) {
            throw new IllegalArgumentException("two predictions of different battles");
        }
        double[] differences = new double[losses.length];
        for (int i = 0; i < differences.length; i++) differences[i] = losses[i] - other.losses[i];
        return Estimate.ofDifferences(differences);
    }
}
