package org.thurstone.rank.board;

import java.util.List;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** Elo's scale: odds of ten to one are 400 points, and log-odds of 0 are 1000 points. */
final class EloScale {

    private static final double POINTS_PER_NAT = 400 / Math.log(10);
    private static final double ORIGIN = 1000;
    private static final String UNIT = "Elo";

    private EloScale() {}

    /** The board on Elo's scale; unchanged where its ratings are not log-odds. */
    public static Board of(Board board) {
        if (!board.unit().startsWith("log-")) {
            return board;
        }
        List<Standing> standings = board.standings().stream()
                .map(s -> new Standing(
                        s.item(),
                        points(s.rating()),
                        points(s.low()),
                        points(s.high()),
                        s.rank(),
                        s.best(),
                        s.worst(),
                        s.group(),
                        s.evidence()))
                .toList();
        return new Board(
                board.model(),
                UNIT,
                standings,
                board.quantities(),
                board.remarks(),
                board.forecast(),
                board.differences().map(errors -> errors.scaled(POINTS_PER_NAT, ORIGIN)));
    }

    /** How many of a board's units are one of its method's. */
    static double unit(Board board) {
        return board.unit().equals(UNIT) ? POINTS_PER_NAT : 1;
    }

    private static double points(double logOdds) {
        return ORIGIN + POINTS_PER_NAT * logOdds;
    }
}
