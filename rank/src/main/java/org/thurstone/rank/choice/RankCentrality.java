package org.thurstone.rank.choice;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Rank Centrality: the stationary distribution of a random walk from an item to the items that beat it, in proportion to how often they did. Under
 * the Bradley–Terry model, with every pair compared equally often, the logarithms of the stationary probabilities are the strengths.
 *
 * @param smoothing pseudo-votes for both items of each pair that met, at least 0; with 0, the walk never reaches an item that never won
 */
@Method(
        name = "rank-centrality",
        kind = "ranking",
        source = "Negahban, Oh and Shah 2012 (arXiv:1209.1688)",
        summary = "the stationary distribution of a walk towards winners",
        formula = "π with π = π·P, P_ij = wins_ji/((wins_ij + wins_ji)·d)")
public record RankCentrality(@Default("0.5") double smoothing) implements RankingModel {

    public RankCentrality {
        if (!(smoothing >= 0 && Double.isFinite(smoothing))) {
            throw new IllegalArgumentException("smoothing is " + smoothing + ", not at least 0");
        }
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double[] ratings =
                Arrays.stream(stationary(PairwiseWins.of(votes))).map(Math::log).toArray();
        double mean = Arrays.stream(ratings).average().orElse(0);
        for (int i = 0; i < ratings.length; i++) ratings[i] -= mean;
        Map<String, Double> byItem = new HashMap<>();
        for (int i = 0; i < ratings.length; i++) byItem.put(votes.items().get(i), ratings[i]);
        return Board.of("rank-centrality", "log-odds", votes.items(), ratings).withForecast(battle -> {
            Double left = byItem.get(battle.left());
            Double right = byItem.get(battle.right());
            return left == null || right == null
                    ? Optional.empty()
                    : Optional.of(OutcomeProbabilities.ofLeft(1 / (1 + Math.exp(right - left))));
        });
    }

    /** By the elimination of Grassmann, Taksar and Heyman, which never subtracts. */
    double[] stationary(PairwiseWins contests) {
        int n = contests.size();
        double[][] p = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && contests.met(i, j)) {
                    double all = contests.wins()[i][j] + contests.wins()[j][i] + 2 * smoothing;
                    p[i][j] = (contests.wins()[j][i] + smoothing) / all;
                }
            }
        }
        double[] out = new double[n];
        for (int k = n - 1; k > 0; k--) {
            for (int j = 0; j < k; j++) out[k] += p[k][j];
            if (!(out[k] > 0)) {
                throw new UserError(
                        "rank-centrality needs every item to be reached from every other by a chain of wins,"
                                + " and these votes are not connected"
                                + (smoothing == 0 ? "; smoothing above 0 may help" : ""));
            }
            for (int i = 0; i < k; i++) {
                double through = p[i][k] / out[k];
                for (int j = 0; j < k; j++) if (i != j) p[i][j] += through * p[k][j];
            }
        }
        double[] pi = new double[n];
        pi[0] = 1;
        for (int k = 1; k < n; k++) {
            for (int i = 0; i < k; i++) pi[k] += pi[i] * p[i][k] / out[k];
            if (!(pi[k] > 0))
                throw new UserError("rank-centrality never reaches some items; smoothing above 0 may help");
        }
        double sum = Arrays.stream(pi).sum();
        return Arrays.stream(pi).map(x -> x / sum).toArray();
    }
}
