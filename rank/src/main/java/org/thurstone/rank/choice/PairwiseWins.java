package org.thurstone.rank.choice;

import org.thurstone.rank.Votes;

/**
 * How the votes went, pair by pair; a tie is half a vote for each.
 *
 * @param wins the weight of the votes for the row's item against the column's
 */
record PairwiseWins(double[][] wins) {

    static PairwiseWins of(Votes votes) {
        return new PairwiseWins(votes.tally().wins(0.5));
    }

    int size() {
        return wins.length;
    }

    boolean met(int i, int j) {
        return wins[i][j] + wins[j][i] > 0;
    }

    /** The share of their votes that went to the first, less the other's share; 0 if they never met. */
    double margin(int i, int j) {
        double all = wins[i][j] + wins[j][i];
        return all == 0 ? 0 : (wins[i][j] - wins[j][i]) / all;
    }
}
