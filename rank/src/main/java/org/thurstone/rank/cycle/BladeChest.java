package org.thurstone.rank.cycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Chen and Joachims' blade–chest model, which is also the form of general preference models: in addition to a strength, each item has a blade vector
 * (attack) and a chest vector (defence), so that preferences may be cyclic. An item's rating is its mean log-odds against all others. A tie is half a
 * win for each.
 *
 * <p>A parametric bootstrap tests whether there are cycles: it compares the gain in log-likelihood over strengths alone with the gain on votes
 * simulated from strengths alone. The usual χ² distribution does not hold, since zero vectors have no direction.
 *
 * @param dimensions of blades and chests, at least 1
 * @param ridge the precision of a normal prior on strengths and vectors, above 0
 */
@Method(
        name = "blade-chest",
        kind = "ranking",
        source = "Chen and Joachims 2016; arXiv:2410.02197",
        summary = "preferences that may be cyclic, with a test for cycles",
        formula = "P(left wins) = σ(θ_l − θ_r + b_l·c_r − b_r·c_l)")
public record BladeChest(
        @Default("1") int dimensions, @Default("0.1") double ridge) implements RankingModel {

    private static final int MOST_PARAMETERS = 3000;
    private static final int DRAWS = 199;
    /** Beyond so many items two hundred fits are no longer a matter of seconds. */
    private static final int TESTED = 60;

    private static final double CERTAIN_ENOUGH = 0.05;

    public BladeChest {
        if (dimensions < 1 || !(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException(
                    "dimensions are " + dimensions + " and ridge is " + ridge + ", not at least 1 and above 0");
        }
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double[][] wins = votes.tally().wins(0.5);
        int n = wins.length;
        if (n * (1 + 2 * dimensions) > MOST_PARAMETERS) {
            throw new UserError("blade-chest supports up to " + MOST_PARAMETERS / (1 + 2 * dimensions)
                    + " items, and there are " + n);
        }
        CycleFit fit = new CycleFit(wins, dimensions, ridge);
        CycleFit strengths = new CycleFit(wins, 0, ridge);
        double[] ratings = IntStream.range(0, n)
                .mapToDouble(i ->
                        IntStream.range(0, n).mapToDouble(j -> fit.logit(i, j)).sum() / Math.max(1, n - 1))
                .toArray();
        List<Quantity> quantities = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        double gain = fit.value() - strengths.value();
        quantities.add(Quantity.of("log-likelihood gain of cycles", gain));
        if (inference.draws() > 0 && n <= TESTED) {
            double chance = chance(wins, strengths, gain, inference.seed());
            quantities.add(Quantity.of("p-value", chance));
            remarks.add(
                    chance < CERTAIN_ENOUGH
                            ? cycle(fit, votes.items())
                                    .orElse(
                                            "Strengths alone do not explain the votes, although no three items form a cycle")
                            : "The votes do not show cycles: strengths alone explain them within sampling error");
        } else if (n > TESTED) {
            remarks.add("Cycles are tested for up to " + TESTED + " items");
        }
        Map<String, Integer> index = index(votes.items());
        return Board.of("blade-chest", "mean log-odds", votes.items(), ratings)
                .withQuantities(quantities)
                .withRemarks(remarks)
                .withForecast(battle -> Optional.ofNullable(index.get(battle.left()))
                        .flatMap(i -> Optional.ofNullable(index.get(battle.right()))
                                .map(j -> OutcomeProbabilities.ofLeft(1 / (1 + Math.exp(-fit.logit(i, j)))))));
    }

    private static Map<String, Integer> index(List<String> items) {
        Map<String, Integer> index = new HashMap<>();
        IntStream.range(0, items.size()).forEach(i -> index.put(items.get(i), i));
        return index;
    }

    /** The share of made-up votes without cycles that gain as much; a vote that is counted with a weight is that many, rounded. */
    private double chance(double[][] wins, CycleFit strengths, double gain, long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        SplittableRandom[] generators =
                IntStream.range(0, DRAWS).mapToObj(d -> root.split()).toArray(SplittableRandom[]::new);
        long asMuch = IntStream.range(0, DRAWS)
                .parallel()
                .filter(d -> gained(made(wins, strengths, generators[d])) >= gain)
                .count();
        return (1.0 + asMuch) / (1 + DRAWS);
    }

    private double gained(double[][] wins) {
        return new CycleFit(wins, dimensions, ridge).value() - new CycleFit(wins, 0, ridge).value();
    }

    private static double[][] made(double[][] wins, CycleFit strengths, SplittableRandom random) {
        int n = wins.length;
        double[][] made = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double chance = 1 / (1 + Math.exp(-strengths.logit(i, j)));
                long met = Math.round(wins[i][j] + wins[j][i]);
                for (long k = 0; k < met; k++) {
                    if (random.nextDouble() < chance) {
                        made[i][j]++;
                    } else {
                        made[j][i]++;
                    }
                }
            }
        }
        return made;
    }

    /** The three that go round most decidedly. */
    private static Optional<String> cycle(CycleFit fit, List<String> items) {
        double most = 0;
        Optional<String> found = Optional.empty();
        for (int i = 0; i < items.size(); i++) {
            for (int j = 0; j < items.size(); j++) {
                for (int k = 0; k < items.size(); k++) {
                    double least = Math.min(fit.logit(i, j), Math.min(fit.logit(j, k), fit.logit(k, i)));
                    if (i < j && i < k && j != k && least > most) {
                        most = least;
                        found = Optional.of(String.format(
                                Locale.ROOT,
                                "Cyclic preferences: %s above %s above %s above %s, each with %.0f %% or more",
                                items.get(i),
                                items.get(j),
                                items.get(k),
                                items.get(i),
                                100 / (1 + Math.exp(-least))));
                    }
                }
            }
        }
        return found;
    }
}
