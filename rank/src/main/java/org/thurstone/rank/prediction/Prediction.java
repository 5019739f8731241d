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
 * <p>Log-loss and Brier score go by the point that the two items share, a tie being half a point for each. So they are comparable between models
 * with and without a tie probability. The log-loss of the three outcomes is that of models with a tie probability alone.
 *
 * @param unknown how many of them those were
 * @param logLoss minus the logarithm of the expected share of the point, in nats, weighted by the actual share of each item
 * @param brier the squared difference between the expected and the actual share of the point
 * @param accuracy the share of battles won by the favourite; a tie, or no favourite, is half
 * @param outcomeLogLoss minus the logarithm of the probability of what came, a tie being an outcome of its own; empty for a model without ties
 * @param losses the log-losses of the battles one by one
 */
public record Prediction(
        String model,
        int unknown,
        Estimate logLoss,
        Estimate brier,
        Estimate accuracy,
        Optional<Estimate> outcomeLogLoss,
        double[] losses) {

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
        boolean ties = false;
        for (Stretch stretch : stretches) {
            for (int b = 0; b < stretch.battles().count(); b++) {
                Optional<OutcomeProbabilities> known =
                        stretch.forecast().chances(stretch.battles().battle(b));
                if (known.isEmpty()) unknown++;
                OutcomeProbabilities chances = known.orElse(OutcomeProbabilities.ofLeft(0.5));
                ties |= chances.tie() > 0;
                figures.add(figures(chances, stretch.battles().outcome(b)));
            }
        }
        return new Prediction(
                model,
                unknown,
                Estimate.ofDifferences(column(figures, 0)),
                Estimate.ofDifferences(column(figures, 1)),
                Estimate.ofMean(column(figures, 2)),
                ties ? Optional.of(Estimate.ofDifferences(column(figures, 3))) : Optional.empty(),
                column(figures, 0));
    }

    private static double[] column(List<double[]> figures, int which) {
        return figures.stream().mapToDouble(f -> f[which]).toArray();
    }

    private static double[] figures(OutcomeProbabilities chances, Outcome outcome) {
        double expected = chances.expected();
        double share = outcome.left();
        double loss = points(share, expected);
        // Unknown items have no tie probability.
        double ofOutcome = chances.tie() > 0 ? -log(chances.of(outcome)) : points(share, chances.left());
        double favourite = expected == 0.5 || share == 0.5 ? 0.5 : (expected > 0.5) == (share > 0.5) ? 1 : 0;
        return new double[] {loss, (expected - share) * (expected - share), favourite, ofOutcome};
    }

    private static double points(double share, double expected) {
        return -share * log(expected) - (1 - share) * log(1 - expected);
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
