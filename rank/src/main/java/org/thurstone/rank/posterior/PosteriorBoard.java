package org.thurstone.rank.posterior;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.OutcomePredictor;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Standing;
import org.thurstone.rank.certainty.GroupedStandings;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.certainty.Places;
import org.thurstone.statistics.Normal;

/** A posterior as a board: strengths about their mean, with posterior intervals. */
final class PosteriorBoard {

    private PosteriorBoard() {}

    static Board of(
            String model,
            String unit,
            List<String> items,
            ExpectationPropagation.Posterior posterior,
            double ridge,
            Inference inference) {
        int n = items.size();
        Groups one = Groups.one(n);
        double[] ratings = posterior.mean().clone();
        one.centre(ratings);
        double[][] covariance =
                Arrays.stream(posterior.covariance()).map(double[]::clone).toArray(double[][]::new);
        one.centre(covariance);
        GroupedStandings of = new GroupedStandings(items, one);
        double[] low = new double[n];
        double[] high = new double[n];
        Arrays.fill(low, Double.NaN);
        Arrays.fill(high, Double.NaN);
        boolean asked = inference.intervals() == Inference.Intervals.AUTO;
        OutcomePredictor forecast = forecast(items, posterior);
        if (!asked) {
            return new Board(
                    model,
                    unit,
                    of.standings(ratings, low, high, Optional.empty()),
                    List.of(),
                    List.of(),
                    Optional.of(forecast));
        }
        double quantile = Normal.quantile((1 + inference.level()) / 2);
        for (int i = 0; i < n; i++) {
            double half = quantile * Math.sqrt(covariance[i][i]);
            low[i] = ratings[i] - half;
            high[i] = ratings[i] + half;
        }
        Optional<Places> places = inference.draws() > 0
                ? Optional.of(Places.of(
                        ratings, covariance, inference.level(), inference.draws(), inference.seed(), one::together))
                : Optional.empty();
        List<Standing> standings = of.standings(ratings, low, high, places).stream()
                .map(s -> s.with(s.evidence().with(IntervalKind.POSTERIOR)))
                .toList();
        List<Standing> placed = places.isEmpty()
                ? standings
                : of.withPlacesAlone(standings, Places.alone(ratings, covariance, inference.level(), one::together));
        RatingErrors errors = of.errors(ratings, covariance);
        String remark = String.format(
                Locale.ROOT,
                "P: posterior intervals, under a normal prior of strengths with standard deviation %.2f (ridge %s)",
                1 / Math.sqrt(ridge),
                ridge);
        return new Board(model, unit, placed, List.of(), List.of(remark), Optional.of(forecast), Optional.of(errors));
    }

    /** The mean, over the posterior, of the probability that the left item wins. */
    private static OutcomePredictor forecast(List<String> items, ExpectationPropagation.Posterior posterior) {
        Map<String, Integer> index = new HashMap<>();
        items.forEach(item -> index.put(item, index.size()));
        return battle -> {
            Integer left = index.get(battle.left());
            Integer right = index.get(battle.right());
            if (left == null || right == null) {
                return Optional.empty();
            }
            double[][] c = posterior.covariance();
            double mean = posterior.mean()[left] - posterior.mean()[right];
            double variance = c[left][left] + c[right][right] - 2 * c[left][right];
            return Optional.of(OutcomeProbabilities.ofLeft(expected(mean, Math.sqrt(Math.max(0, variance)))));
        };
    }

    /** The mean of σ over a normal distribution, by the trapezoidal rule. */
    static double expected(double mean, double deviation) {
        double sum = 0;
        double weights = 0;
        for (double z = -9; z <= 9; z += 0.05) {
            double weight = Math.exp(-z * z / 2);
            weights += weight;
            sum += weight / (1 + Math.exp(-mean - deviation * z));
        }
        return Math.clamp(sum / weights, 0, 1);
    }
}
