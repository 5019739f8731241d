package org.thurstone.rank.certainty;

import java.util.List;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** The share of pairs of items with non-overlapping intervals. */
public final class Separability {

    private Separability() {}

    /** The share of pairs whose intervals do not overlap (Arena-Hard, arXiv:2406.11939), in [0, 1]; NaN where no item has an interval. */
    public static double of(Board board) {
        List<Standing> standings = board.standings();
        int apart = 0;
        int pairs = 0;
        for (int i = 0; i < standings.size(); i++) {
            for (int j = i + 1; j < standings.size(); j++) {
                if (hasInterval(standings.get(i)) && hasInterval(standings.get(j))) {
                    pairs++;
                    apart += side(standings.get(i), standings.get(j)) != 0 ? 1 : 0;
                }
            }
        }
        return pairs == 0 ? Double.NaN : (double) apart / pairs;
    }

    static boolean hasInterval(Standing s) {
        return !Double.isNaN(s.rating()) && s.hasInterval();
    }

    /** 1 where the first one's interval is above the second one's, −1 where it is below, 0 where they touch or cannot be compared. */
    static int side(Standing a, Standing b) {
        if (a.group() != b.group()) {
            return 0;
        }
        return a.low() > b.high() ? 1 : b.low() > a.high() ? -1 : 0;
    }
}
