package org.thurstone.rank.certainty;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;

/** The share of pairs of items with non-overlapping intervals. */
public final class Separability {

    private Separability() {}

    /** The share of pairs whose intervals do not overlap (Arena-Hard, arXiv:2406.11939), in [0, 1]; NaN where no item has an interval. */
    public static double of(Board board) {
        Map<Integer, List<Standing>> groups = board.standings().stream()
                .filter(Separability::hasInterval)
                .collect(Collectors.groupingBy(Standing::group));
        long all = groups.values().stream().mapToLong(List::size).sum();
        long pairs = all * (all - 1) / 2;
        long apart = groups.values().stream().mapToLong(Separability::apart).sum();
        return pairs == 0 ? Double.NaN : (double) apart / pairs;
    }

    /** The pairs of one group whose intervals do not overlap: for each interval the lower ends above its upper end. */
    private static long apart(List<Standing> standings) {
        double[] low = standings.stream().mapToDouble(Standing::low).sorted().toArray();
        double[] high = standings.stream().mapToDouble(Standing::high).sorted().toArray();
        long apart = 0;
        int at = 0;
        for (double end : high) {
            while (at < low.length && low[at] <= end) {
                at++;
            }
            apart += low.length - at;
        }
        return apart;
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
