package org.thurstone.rank.choice;

import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Method;

/**
 * Borda: an item's share of the votes against an opponent, averaged over the opponents that it met. For full orders, this is the Borda count divided
 * by its maximum.
 */
@Method(
        name = "borda",
        kind = "ranking",
        source = "Borda 1781; Shah and Wainwright 2018",
        summary = "the mean share of votes against each opponent",
        formula = "mean over j of wins_ij / (wins_ij + wins_ji)")
public record Borda() implements RankingModel {

    @Override
    public Board rank(Votes votes, Inference inference) {
        return Board.of("borda", "mean share of votes", votes.items(), shares(PairwiseWins.of(votes)));
    }

    static double[] shares(PairwiseWins contests) {
        double[] shares = new double[contests.size()];
        for (int i = 0; i < shares.length; i++) {
            int met = 0;
            for (int j = 0; j < shares.length; j++) {
                if (i != j && contests.met(i, j)) {
                    met++;
                    shares[i] += (1 + contests.margin(i, j)) / 2;
                }
            }
            // An item without battles has no votes for or against it.
            shares[i] = met == 0 ? 0.5 : shares[i] / met;
        }
        return shares;
    }
}
