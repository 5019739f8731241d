package org.thurstone.rank.choice;

import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Method;

/** Minimax (Simpson, Kramer): the best item is the one with the smallest worst defeat. Only a Condorcet winner has a rating above 0. */
@Method(
        name = "minimax",
        kind = "ranking",
        source = "Simpson 1969; Kramer 1977",
        summary = "the smallest worst defeat",
        formula = "min over j of (wins_ij − wins_ji)/(wins_ij + wins_ji)")
public record Minimax() implements RankingModel {

    @Override
    public Board rank(Votes votes, Inference inference) {
        PairwiseWins contests = PairwiseWins.of(votes);
        double[] worst = new double[contests.size()];
        for (int i = 0; i < worst.length; i++) {
            worst[i] = 1;
            for (int j = 0; j < worst.length; j++) {
                if (i != j) worst[i] = Math.min(worst[i], contests.margin(i, j));
            }
        }
        return Board.of("minimax", "worst margin", votes.items(), worst);
    }
}
