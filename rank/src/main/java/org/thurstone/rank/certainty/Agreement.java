package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;
import org.thurstone.statistics.Correlation;

/**
 * The agreement of two boards on the items that both have.
 *
 * @param items how many both have
 * @param separability the share of their pairs that this board sets apart, in [0, 1]
 * @param agreement as Arena-Hard has it (arXiv:2406.11939): over the pairs that the other board sets apart (all that it orders, where it has no
 *     intervals), 1 where this one sets them apart in the same order, −1 in the opposite one, 0 where it does not; their mean
 * @param kendall Kendall's τ-b of the ratings, in [−1, 1]
 * @param spearman Spearman's correlation of the ranks, in [−1, 1]
 */
public record Agreement(int items, double separability, double agreement, double kendall, double spearman) {

    /** Empty where they have fewer than two items in common. */
    public static Optional<Agreement> between(Board board, Board other) {
        List<Standing> mine = new ArrayList<>();
        List<Standing> theirs = new ArrayList<>();
        for (Standing s : board.standings()) {
            other.of(s.item())
                    .filter(t -> !Double.isNaN(t.rating()) && !Double.isNaN(s.rating()))
                    .ifPresent(t -> {
                        mine.add(s);
                        theirs.add(t);
                    });
        }
        int n = mine.size();
        if (n < 2) {
            return Optional.empty();
        }
        double apart = 0;
        double agreed = 0;
        int counted = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                int side = Separability.side(mine.get(i), mine.get(j));
                int order = Double.compare(theirs.get(i).rating(), theirs.get(j).rating());
                boolean sure = (Separability.hasInterval(theirs.get(i)) && Separability.hasInterval(theirs.get(j)))
                        ? Separability.side(theirs.get(i), theirs.get(j)) != 0
                        : order != 0;
                apart += side != 0 ? 1 : 0;
                counted += sure ? 1 : 0;
                agreed += sure ? side * Integer.signum(order) : 0;
            }
        }
        return Optional.of(new Agreement(
                n,
                apart / (n * (n - 1) / 2.0),
                counted == 0 ? Double.NaN : agreed / counted,
                Correlation.tauB(ratings(mine), ratings(theirs)),
                Correlation.spearman(ratings(mine), ratings(theirs))));
    }

    private static double[] ratings(List<Standing> standings) {
        return standings.stream().mapToDouble(Standing::rating).toArray();
    }
}
