package org.thurstone.rank.choice;

import org.thurstone.rank.Votes;

/**
 * Wins by ordered pair of items; a tie is half a win of each.
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

    /** The share of the pair's votes for the first item minus the share for the second; 0 if they never met. */
    double margin(int i, int j) {
        double all = wins[i][j] + wins[j][i];
        return all == 0 ? 0 : (wins[i][j] - wins[j][i]) / all;
    }
}
