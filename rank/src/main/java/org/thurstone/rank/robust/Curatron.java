package org.thurstone.rank.robust;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * CURATRON: under the Bradley–Terry model, the log-odds of all pairs form a matrix of rank two. The observed log-odds are therefore decomposed into
 * such a matrix and a sparse matrix of corrupted pairs; missing pairs are completed, and the ratings are the row means of the low-rank part.
 *
 * <p>The paper completes first and then removes the sparse part; here both steps alternate, since each depends on the other.
 *
 * @param deviations threshold for corrupted pairs, in standard deviations of the residuals, above 0
 * @param smoothing pseudo-votes for both items of each pair that met, above 0, so that log-odds are finite
 */
@Method(
        name = "curatron",
        kind = "ranking",
        papers = "2403.02745",
        source = "arXiv:2403.02745, sections 5 and 6",
        summary = "strengths by robust principal components: pairs may be missing or corrupted",
        formula = "logit P = L + S, L of rank two, S sparse; rating_i = mean_j L_ij")
public record Curatron(
        @Default("4") double deviations, @Default("0.5") double smoothing) implements RankingModel {

    public Curatron {
        if (!(deviations > 0 && smoothing > 0)) {
            throw new IllegalArgumentException("deviations and smoothing are above 0");
        }
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double[][] wins = votes.tally().wins(0.5);
        int n = wins.length;
        double[][] logits = new double[n][n];
        boolean[][] known = new boolean[n][n];
        int pairs = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                known[i][j] = i != j && wins[i][j] + wins[j][i] > 0;
                if (!known[i][j]) continue;
                logits[i][j] = Math.log((wins[i][j] + smoothing) / (wins[j][i] + smoothing));
                if (i < j) pairs++;
            }
        }
        SparseCorruption split = new SparseCorruption(logits, known, deviations);
        double[] ratings = new double[n];
        Map<String, Double> byItem = new HashMap<>();
        int corrupt = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ratings[i] += split.fit()[i][j] / n;
                if (i < j && split.corrupt(i, j)) corrupt++;
            }
            byItem.put(votes.items().get(i), ratings[i]);
        }
        return Board.of("curatron", "log-odds", votes.items(), ratings)
                .withQuantities(List.of(Quantity.of("pairs that do not fit", corrupt)))
                .withRemarks(
                        corrupt == 0
                                ? List.of()
                                : List.of(String.format(
                                        Locale.ROOT,
                                        "%d of %d pairs do not fit the rest and are ignored",
                                        corrupt,
                                        pairs)))
                .withForecast(battle -> {
                    Double left = byItem.get(battle.left());
                    Double right = byItem.get(battle.right());
                    return left == null || right == null
                            ? Optional.empty()
                            : Optional.of(OutcomeProbabilities.ofLeft(1 / (1 + Math.exp(right - left))));
                });
    }
}
