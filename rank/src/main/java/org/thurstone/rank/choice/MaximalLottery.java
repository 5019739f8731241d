package org.thurstone.rank.choice;

import java.util.List;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Method;

/**
 * Maximal lottery, or von Neumann winner: the mixed strategy that no item beats on average. An item that beats every other has probability 1; in a
 * cycle, the probability is shared. If several lotteries are maximal, it is one of them.
 */
@Method(
        name = "maximal-lottery",
        kind = "ranking",
        source = "Kreweras 1965; Fishburn 1984; Dudík and others 2015",
        summary = "the mixed strategy that no item beats on average",
        formula = "p with Σ_i p_i·margin_ij ≥ 0 for all j")
public record MaximalLottery() implements RankingModel {

    @Override
    public Board rank(Votes votes, Inference inference) {
        PairwiseWins contests = PairwiseWins.of(votes);
        double[][] margins = new double[contests.size()][contests.size()];
        for (int i = 0; i < margins.length; i++) {
            for (int j = 0; j < margins.length; j++) margins[i][j] = contests.margin(i, j);
        }
        Board board = Board.of(
                "maximal-lottery",
                "probability",
                votes.items(),
                MatrixGame.solve(margins).row());
        boolean unmet = false;
        for (int i = 0; i < margins.length; i++) for (int j = 0; j < i; j++) unmet |= !contests.met(i, j);
        return unmet
                ? board.withRemarks(
                        List.of("Pairs that never met count as even, which favours items with few contests"))
                : board;
    }
}
