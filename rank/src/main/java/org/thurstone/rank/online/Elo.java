package org.thurstone.rank.online;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.recipe.Recipe;

/**
 * Elo: after each battle, the winner gains and the loser loses rating points, in proportion to how surprising the result was. With
 * {@code home}, a margin and tournaments these are the World Football Elo Ratings.
 *
 * @param k rating change for a completely unexpected result, above 0
 * @param initial rating of an item before its first battle
 * @param scale rating difference at which the better item wins ten times of eleven, above 0
 * @param home whether the left item has an advantage
 * @param advantage rating points that the item at home has in advance, such as the 100 of the World Football Elo Ratings; empty to estimate it: at home, items
 *     then get the points that were expected of them before each battle
 * @param margin what k is multiplied by, by the difference N of the scores: {@code none} for 1, {@code world-football} for 1, 1.5 and (11 + N)/8 from three
 *     goals on, or {@code root} for √N, as Club Elo has it
 * @param tournaments the k of each tournament that has another one, above 0, such as 60 for a World Cup and 20 for friendly matches
 */
@Method(
        name = "elo",
        kind = "ranking",
        source = "Elo 1978; World Football Elo Ratings (Runyan 1997); Club Elo",
        summary = "ratings updated by each battle in proportion to its surprise",
        formula = "R ← R + k·G·(S − 1/(1 + 10^((R_other − R − home)/scale)))")
public record Elo(
        @Default("32") double k,
        @Default("1500") double initial,
        @Default("400") double scale,
        @Default("false") boolean home,
        OptionalDouble advantage,
        @Default("none") Margin margin,
        @Default("{}") Map<String, Double> tournaments)
        implements OnlineRating {

    /** FIDE Rating Regulations 8.3.3, 700 points, as a share of the scale. */
    private static final double MOST = 1.75;

    /** The widest advantage that is estimated, as a multiple of the scale. */
    private static final double WIDEST = 2;

    /** How much more a win by a larger margin counts. */
    public enum Margin {
        /** All wins count the same. */
        NONE,
        /** 1 for one goal, 1.5 for two, (11 + N)/8 from three on. */
        WORLD_FOOTBALL,
        /** √N. */
        ROOT;

        /** What k is multiplied by. */
        double factor(int margin) {
            return switch (this) {
                case NONE -> 1;
                case WORLD_FOOTBALL -> margin <= 1 ? 1 : margin == 2 ? 1.5 : (11 + margin) / 8.0;
                case ROOT -> Math.sqrt(margin);
            };
        }
    }

    /** Without an advantage, a margin and tournaments. */
    public Elo(double k, double initial, double scale) {
        this(k, initial, scale, false, OptionalDouble.empty(), Margin.NONE, Map.of());
    }

    public Elo {
        // In one order, so that a kept board has one fingerprint.
        tournaments = Collections.unmodifiableMap(new TreeMap<>(tournaments));
        tournaments.forEach((name, of) -> {
            if (!(of > 0 && Double.isFinite(of))) {
                throw new IllegalArgumentException("tournaments: the k of \"" + name + "\" is " + of + ", not above 0");
            }
        });
        if (advantage.isPresent() && !Double.isFinite(advantage.getAsDouble())) {
            throw new IllegalArgumentException("advantage is " + advantage.getAsDouble() + " points, not finite");
        }
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
    public Elo fitted(Battles battles) {
        boolean margins =
                margin != Margin.NONE && IntStream.range(0, battles.count()).allMatch(b -> battles.margin(b) == 1);
        if (margins) {
            throw new UserError(
                    "elo with a margin needs scores, and no battle was won by more than 1: name their columns"
                            + " with --left-score and --right-score, or leave margin out");
        }
        List<String> played =
                battles.tournaments().subList(1, battles.tournaments().size());
        if (!tournaments.isEmpty() && played.isEmpty()) {
            throw new UserError("elo has a k for some tournaments, and no battle has a tournament: name the column with"
                    + " --tournament");
        }
        for (String name : tournaments.keySet()) {
            if (!played.contains(name)) {
                throw new UserError("elo has a k for the tournament \"" + name + "\", in which no battle was played"
                        + Recipe.hint(name, played));
            }
        }
        return home && advantage.isEmpty()
                ? withAdvantage(HomeAdvantage.of(battles, WIDEST * scale, this::withAdvantage))
                : this;
    }

    @Override
    public List<Quantity> found(OnlineRating fitted) {
        return fitted instanceof Elo elo && elo.home && advantage.isEmpty()
                ? List.of(Quantity.of(Battles.HOME_ADVANTAGE + ", points", elo.points()))
                : List.of();
    }

    private Elo withAdvantage(double points) {
        return new Elo(k, initial, scale, home, OptionalDouble.of(points), margin, tournaments);
    }

    private double points() {
        return home ? advantage.orElse(0) : 0;
    }

    /** What k is multiplied by for a battle. */
    private double factor(Encounter battle) {
        boolean won = battle.outcome() == Outcome.LEFT || battle.outcome() == Outcome.RIGHT;
        return battle.weight()
                * (tournaments.getOrDefault(battle.tournament(), k) / k)
                * (won ? margin.factor(battle.margin()) : 1);
    }

    @Override
    public RatingState begin(int items) {
        double[] ratings = OnlineRating.filled(items, initial);
        double points = points();
        return new RatingState() {
            @Override
            public void learn(Encounter battle) {
                double expected = expected(battle.left(), battle.right(), battle.home());
                double moved = k * factor(battle) * (battle.outcome().left() - expected);
                ratings[battle.left()] += moved;
                ratings[battle.right()] -= moved;
            }

            // As in a rating period of FIDE: all changes from the ratings before, and k so small that k times the
            // battles is at most 700 of 400.
            @Override
            public boolean learnTogether(Battles battles, int from, int to) {
                double[] surprise = new double[ratings.length];
                double[] factors = new double[ratings.length];
                for (int b = from; b < to; b++) {
                    Encounter battle = Encounter.of(battles, b);
                    double expected = expected(battle.left(), battle.right(), battle.home());
                    double factor = factor(battle);
                    double moved = factor * (battle.outcome().left() - expected);
                    surprise[battle.left()] += moved;
                    surprise[battle.right()] -= moved;
                    factors[battle.left()] += factor;
                    factors[battle.right()] += factor;
                }
                for (int i = 0; i < ratings.length; i++) {
                    ratings[i] += factors[i] > 0 ? Math.min(k, MOST * scale / factors[i]) * surprise[i] : 0;
                }
                return true;
            }

            private double expected(int left, int right, boolean atHome) {
                double difference = ratings[right] - ratings[left];
                return 1 / (1 + Math.pow(10, (atHome ? difference - points : difference) / scale));
            }

            @Override
            public OutcomeProbabilities chances(int left, int right, boolean atHome) {
                return OutcomeProbabilities.ofLeft(expected(left, right, atHome));
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
