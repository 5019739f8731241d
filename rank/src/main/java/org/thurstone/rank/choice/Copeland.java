package org.thurstone.rank.choice;

import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Method;

/** Copeland: how many opponents an item beats by majority, with equal and unplayed contests counting half. */
@Method(
        name = "copeland",
        kind = "ranking",
        source = "Copeland 1951; Llull 1299",
        summary = "the number of opponents beaten by a majority",
        formula = "#{j: wins_ij > wins_ji} + ½·#{j: wins_ij = wins_ji}")
public record Copeland() implements RankingModel {

    @Override
    public Board rank(Votes votes, Inference inference) {
        PairwiseWins contests = PairwiseWins.of(votes);
        double[] won = new double[contests.size()];
        for (int i = 0; i < won.length; i++) {
            for (int j = 0; j < won.length; j++) {
                if (i != j) won[i] += (1 + Math.signum(contests.margin(i, j))) / 2;
            }
        }
        return Board.of("copeland", "contests won", votes.items(), won);
    }
}
