package org.thurstone.rank.online;

import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Elo: after each battle, the winner gains and the loser loses rating points, in proportion to how surprising the result was.
 *
 * @param k rating change for a completely unexpected result, above 0
 * @param initial rating of an item before its first battle
 * @param scale rating difference at which the better item wins ten times of eleven, above 0
 */
@Method(
        name = "elo",
        kind = "ranking",
        source = "Elo 1978",
        summary = "ratings updated by each battle in proportion to its surprise",
        formula = "R ← R + k·(S − 1/(1 + 10^((R_other − R)/scale)))")
public record Elo(
        @Default("32") double k,
        @Default("1500") double initial,
        @Default("400") double scale) implements OnlineRating {

    public Elo {
        if (!(k > 0 && Double.isFinite(k))) throw new IllegalArgumentException("k is " + k + ", not above 0");
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("scale is " + scale + ", not above 0");
        }
        if (!Double.isFinite(initial)) throw new IllegalArgumentException("initial is " + initial + ", not finite");
    }

    @Override
    public String name() {
        return "elo";
    }

    @Override
    public String unit() {
        return "Elo points";
    }

    @Override
    public RatingState begin(int items) {
        double[] ratings = OnlineRating.filled(items, initial);
        return new RatingState() {
            @Override
            public void learn(int left, int right, Outcome outcome, double weight, double time) {
                double moved = k * weight * (outcome.left() - expected(left, right));
                ratings[left] += moved;
                ratings[right] -= moved;
            }

            private double expected(int left, int right) {
                return 1 / (1 + Math.pow(10, (ratings[right] - ratings[left]) / scale));
            }

            @Override
            public OutcomeProbabilities chances(int left, int right) {
                return OutcomeProbabilities.ofLeft(expected(left, right));
            }

            @Override
            public double rating(int item) {
                return ratings[item];
            }

            @Override
            public double deviation(int item) {
                return Double.NaN;
            }
        };
    }
}
