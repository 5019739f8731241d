package org.thurstone.rank.online;

import org.thurstone.rank.Battles;
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

    /** FIDE Rating Regulations 8.3.3, 700 points, as a share of the scale. */
    private static final double MOST = 1.75;

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

            // As in a rating period of FIDE: all changes from the ratings before, and k so small that k times the
            // battles is at most 700 of 400.
            @Override
            public boolean learnTogether(Battles battles, int from, int to) {
                double[] surprise = new double[ratings.length];
                double[] weight = new double[ratings.length];
                for (int b = from; b < to; b++) {
                    int left = battles.left(b);
                    int right = battles.right(b);
                    double moved = battles.weight(b) * (battles.outcome(b).left() - expected(left, right));
                    surprise[left] += moved;
                    surprise[right] -= moved;
                    weight[left] += battles.weight(b);
                    weight[right] += battles.weight(b);
                }
                for (int i = 0; i < ratings.length; i++) {
                    ratings[i] += weight[i] > 0 ? Math.min(k, MOST * scale / weight[i]) * surprise[i] : 0;
                }
                return true;
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
