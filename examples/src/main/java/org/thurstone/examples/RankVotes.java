package org.thurstone.examples;

import java.util.List;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Board;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.board.Ranking;

/** Ranks votes that a program has in memory. Ratings are log-odds with mean zero, with 95 % intervals. */
public final class RankVotes {

    private RankVotes() {}

    public static void main(String[] args) {
        List<Battle> votes = List.of(
                Battle.of("espresso", "filter", Outcome.LEFT),
                Battle.of("filter", "espresso", Outcome.TIE),
                Battle.of("filter", "instant", Outcome.LEFT),
                Battle.of("instant", "espresso", Outcome.RIGHT),
                Battle.of("instant", "filter", Outcome.LEFT));
        Board board = Ranking.by("bradley-terry", "ties=davidson").of(votes);
        for (Standing s : board.standings()) {
            System.out.printf("%d. %-9s %5.2f (%.2f to %.2f)%n", s.rank(), s.item(), s.rating(), s.low(), s.high());
        }
    }
}
