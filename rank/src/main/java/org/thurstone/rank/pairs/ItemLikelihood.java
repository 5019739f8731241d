package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.rank.certainty.Spread;

/**
 * The likelihood of one item's strength, with its opponents' strengths free: each may move from its estimate at the price that its other battles
 * ask, to second order. Where opponents are known well, that is the profile of the whole likelihood; it takes time in proportion to the item's
 * own battles, however many items there are. Effects and the tie parameter stay at their estimates.
 */
final class ItemLikelihood {

    private static final int MOST_STEPS = 40;

    private final Response response;
    private final Prior prior;
    private final double tie;
    private final double scale;
    private final List<Opponent> opponents;

    private ItemLikelihood(Response response, Prior prior, double tie, double scale, List<Opponent> opponents) {
        this.response = response;
        this.prior = prior;
        this.tie = tie;
        this.scale = scale;
        this.opponents = opponents;
    }

    /** Battles of the item against one other: whether it stood left, what else counts, and the weight of each outcome. */
    private record Battles(boolean left, double offset, double[][] weights, int cell) {}

    /** An opponent: its estimate, the slope and the precision of all that is known of it without these battles. */
    private record Opponent(List<Battles> battles, double at, double slope, double precision) {}

    /**
     * The likelihood of an item.
     *
     * @param cells all battles, also those between items that cannot be compared
     * @param mine the cells of the item
     * @param variances of the errors of all strengths
     * @param spread the law of opponents that cannot be compared with the board; battles against them are left out where it is unknown
     * @param board the group that the item is compared with
     */
    static ItemLikelihood of(
            PairFit fit,
            Cells cells,
            int item,
            int[] mine,
            double[] strengths,
            double[] variances,
            int board,
            Optional<Spread> spread) {
        Response response = fit.likelihood().response();
        boolean fitted = fit.groups().of()[item] == board;
        Map<Integer, List<Battles>> byOpponent = new LinkedHashMap<>();
        double squares = 0;
        double weights = 0;
        for (int c : mine) {
            boolean left = cells.left()[c] == item;
            int other = left ? cells.right()[c] : cells.left()[c];
            if (fit.groups().of()[other] != board && (fitted || spread.isEmpty())) {
                continue;
            }
            double offset = 0;
            int width = cells.covariates().size();
            for (int k = 0; k < width; k++) {
                offset += cells.values()[c * width + k] * fit.effect(k);
            }
            byOpponent
                    .computeIfAbsent(other, o -> new ArrayList<>())
                    .add(new Battles(left, offset, cells.weights(), c));
            for (int o = 0; o < 3; o++) {
                squares += cells.squares()[o][c];
                weights += cells.weights()[o][c];
            }
        }
        ItemLikelihood plain = new ItemLikelihood(
                response,
                fit.likelihood().prior(),
                fit.tie(),
                // Weights that are not counts: the log-likelihood of weight w varies as w battles only after division
                // by w.
                squares > 0 ? weights / squares : 1,
                new ArrayList<>());
        byOpponent.forEach((other, battles) -> {
            if (fit.groups().of()[other] != board) {
                double deviation = spread.orElseThrow().deviation();
                plain.opponents.add(new Opponent(
                        battles, spread.orElseThrow().mean(), 0, 1 / (deviation * deviation) / plain.scale));
                return;
            }
            double[] there = plain.slopes(battles, strengths[item], strengths[other]);
            // In units of the weighted log-likelihood, which are not those of variances.
            double precision = 1 / variances[other] / plain.scale;
            plain.opponents.add(
                    fitted
                            // Its variance knows of these battles too: they are taken out again, as far as that leaves
                            // anything.
                            ? new Opponent(
                                    battles,
                                    strengths[other],
                                    -there[0],
                                    Math.max(precision - there[1], 0.05 * precision))
                            : new Opponent(battles, strengths[other], 0, precision));
        });
        return plain;
    }

    /** What log-likelihoods are multiplied by: 1 for battles of weight 1. */
    double scale() {
        return scale;
    }

    /** The log-likelihood of a strength, the best over the opponents' strengths; the constant is arbitrary. */
    double value(double strength) {
        double sum = prior.none() ? 0 : prior.log(strength);
        for (Opponent opponent : opponents) {
            sum += best(opponent, strength);
        }
        return scale * sum;
    }

    /** Newton's method in one dimension on a concave function. */
    private double best(Opponent opponent, double strength) {
        double u = opponent.at();
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] slopes = slopes(opponent.battles(), strength, u);
            double gradient = slopes[0] + opponent.slope() - opponent.precision() * (u - opponent.at());
            double curvature = slopes[1] + opponent.precision();
            double move = gradient / curvature;
            u += Math.clamp(move, -2, 2);
            if (Math.abs(move) < 1e-9) {
                break;
            }
        }
        double off = u - opponent.at();
        return log(opponent.battles(), strength, u) + opponent.slope() * off - opponent.precision() * off * off / 2;
    }

    private double log(List<Battles> battles, double strength, double other) {
        double[] out = new double[Response.SIZE];
        double[] sum = new double[Response.SIZE];
        double log = 0;
        for (Battles b : battles) {
            response.sum(delta(b, strength, other), tie, b.weights(), b.cell(), out, sum);
            log += sum[Response.LOG];
        }
        return log;
    }

    /** The slope of the battles' log-likelihood in the opponent's strength, and minus its second derivative. */
    private double[] slopes(List<Battles> battles, double strength, double other) {
        double[] out = new double[Response.SIZE];
        double[] sum = new double[Response.SIZE];
        double slope = 0;
        double curvature = 0;
        for (Battles b : battles) {
            response.sum(delta(b, strength, other), tie, b.weights(), b.cell(), out, sum);
            slope += b.left() ? -sum[Response.BY_DELTA] : sum[Response.BY_DELTA];
            curvature -= sum[Response.BY_DELTA_DELTA];
        }
        return new double[] {slope, curvature};
    }

    private static double delta(Battles b, double strength, double other) {
        return b.offset() + (b.left() ? strength - other : other - strength);
    }
}
