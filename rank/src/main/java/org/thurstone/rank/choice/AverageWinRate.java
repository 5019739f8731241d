package org.thurstone.rank.choice;

import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * The average win rate: an item's win rate against an opponent, averaged over the opponents that it met. Each opponent counts once, however often the
 * two met. The plain share of battles won counts each battle once, and so rises if an item mostly meets weak opponents; the two agree where all pairs
 * met equally often. Half a win per tie gives {@link Borda}'s figure; tools for arenas often leave ties out.
 *
 * @param ties what a tie counts: {@code half} a win of each, or {@code drop} for nothing
 */
@Method(
        name = "average-win-rate",
        kind = "ranking",
        source = "Chiang and others 2024, Chatbot Arena (arXiv:2403.04132); Borda 1781",
        summary = "the mean, over opponents, of the win rate against each",
        formula = "mean over j of wins_ij / (wins_ij + wins_ji)")
public record AverageWinRate(@Default("half") Ties ties) implements RankingModel {

    /** What a tie counts. */
    public enum Ties {
        /** Half a win of each. */
        HALF,
        /** Nothing, as if it had not been played. */
        DROP
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double tieShare = switch (ties) {
            case HALF -> 0.5;
            case DROP -> 0;
        };
        PairwiseWins contests = new PairwiseWins(votes.tally().wins(tieShare));
        return Board.of("average-win-rate", "average win rate", votes.items(), Borda.shares(contests));
    }
}
