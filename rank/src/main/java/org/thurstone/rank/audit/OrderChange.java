package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence;

/**
 * How the order of items differs between two fits to the same battles. A pair turns over if the fits order it in opposite ways and either both separate
 * it, or one does and the change of its difference is more than chance (all pairs considered together, by the joint covariance of the fits). Two fits
 * to the same battles have errors that go together, so that chance alone hardly separates a pair in both directions.
 *
 * @param reversed the pairs that turn over, with the change and its interval, the largest change first
 * @param possible how many pairs turn over or are separated by only one of the fits
 * @param neighbours how many of the reversed ones are neighbours in the first fit
 * @param moved how many items have another place
 */
record OrderChange(List<Detail> reversed, int possible, int neighbours, int moved) {

    /** @param note for each reversed pair, such as the name of the second fit */
    static OrderChange between(
            BattleInfluence first, BattleInfluence second, Fit fit, AuditedVotes votes, String note) {
        int n = first.items().size();
        double[] a = first.ratings();
        double[] b = second.ratings();
        double[][] ofFirst = first.covariance(fit.unit());
        double[][] ofSecond = second.covariance(fit.unit());
        double[][] joint = first.covariance(second, fit.unit());
        double[][] ofChange = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                ofChange[i][j] = ofFirst[i][j] + ofSecond[i][j] - joint[i][j] - joint[j][i];
            }
        }
        int[] places = places(a);
        int[] others = places(b);
        double together = AuditedVotes.quantile(votes.levelPerTest(), (long) n * (n - 1) / 2);
        double alone = AuditedVotes.quantile(votes.level(), 1);
        List<Detail> reversed = new ArrayList<>();
        int possible = 0;
        int neighbours = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double gap = a[i] - a[j];
                if (i == j || gap < 0 || (gap == 0 && i > j)) {
                    continue;
                }
                double other = b[i] - b[j];
                double change = other - gap;
                double half = together * error(ofChange, i, j);
                boolean separated = gap > alone * error(ofFirst, i, j);
                boolean opposite = other < 0 && -other > alone * error(ofSecond, i, j);
                boolean confirmed = other > alone * error(ofSecond, i, j);
                boolean clear = -change > half && (separated || opposite);
                if (other < 0 && (clear || (separated && opposite))) {
                    reversed.add(new Detail(
                            first.items().get(i) + " over " + first.items().get(j),
                            change,
                            change - half,
                            change + half,
                            note));
                    neighbours += places[j] - places[i] == 1 ? 1 : 0;
                    possible++;
                } else if (separated != confirmed) {
                    possible++;
                }
            }
        }
        reversed.sort(Comparator.comparingDouble(Detail::figure));
        int moved =
                (int) IntStream.range(0, n).filter(i -> places[i] != others[i]).count();
        return new OrderChange(reversed, possible, neighbours, moved);
    }

    private static double error(double[][] covariance, int i, int j) {
        return Math.sqrt(Math.max(0, covariance[i][i] + covariance[j][j] - covariance[i][j] - covariance[j][i]));
    }

    private static int[] places(double[] ratings) {
        int[] places = new int[ratings.length];
        int[] order = IntStream.range(0, ratings.length)
                .boxed()
                .sorted((x, y) -> Double.compare(ratings[y], ratings[x]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int k = 0; k < order.length; k++) {
            places[order[k]] = k;
        }
        return places;
    }
}
