package org.thurstone.rank.choice;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Method;

/**
 * Maximal lottery, or von Neumann winner: the mixed strategy that no item beats on average. An item that beats every other has probability 1; in a
 * cycle, the probability is shared. If several lotteries are maximal, as after a tie, it is the mean of those that are found from every order of the
 * items that begins with another one.
 */
@Method(
        name = "maximal-lottery",
        kind = "ranking",
        source = "Kreweras 1965; Fishburn 1984; Dudík and others 2015",
        summary = "the mixed strategy that no item beats on average",
        formula = "p with Σ_i p_i·margin_ij ≥ 0 for all j")
public record MaximalLottery() implements RankingModel {

    /** So many games of so many items are solved in a second. */
    private static final int MANY = 60;

    @Override
    public Board rank(Votes votes, Inference inference) {
        PairwiseWins contests = PairwiseWins.of(votes);
        double[][] margins = new double[contests.size()][contests.size()];
        for (int i = 0; i < margins.length; i++) {
            for (int j = 0; j < margins.length; j++) margins[i][j] = contests.margin(i, j);
        }
        List<double[]> lotteries = lotteries(margins);
        double[] mean = new double[margins.length];
        for (double[] lottery : lotteries) {
            for (int i = 0; i < mean.length; i++) mean[i] += lottery[i] / lotteries.size();
        }
        Board board = Board.of("maximal-lottery", "probability", votes.items(), mean);
        if (lotteries.size() > 1) {
            board = board.withRemarks(List.of("Several lotteries are maximal: this is the mean of " + lotteries.size()
                    + " of them, and any mixture of them is as good"));
        }
        boolean unmet = false;
        for (int i = 0; i < margins.length; i++) for (int j = 0; j < i; j++) unmet |= !contests.met(i, j);
        return unmet
                ? board.withRemarks(
                        List.of("Pairs that never met count as even, which favours items with few contests"))
                : board;
    }

    /** Maximal lotteries that differ: the simplex method ends at a corner, and at another one if it begins with another item. */
    private static List<double[]> lotteries(double[][] margins) {
        int n = margins.length;
        List<double[]> found = new ArrayList<>();
        for (int first = 0; first < (n <= MANY ? n : 1); first++) {
            double[][] turned = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) turned[i][j] = margins[(i + first) % n][(j + first) % n];
            }
            double[] row = MatrixGame.solve(turned).row();
            double[] lottery = new double[n];
            for (int i = 0; i < n; i++) lottery[(i + first) % n] = row[i];
            if (found.stream().noneMatch(other -> same(other, lottery))) found.add(lottery);
        }
        return found;
    }

    private static boolean same(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 1e-9) return false;
        return true;
    }
}
