package org.thurstone.rank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of items by their ratings, in blocks of equal ones. Ratings that differ by rounding alone are equal: an order of them would be one of
 * the order in which sums were taken.
 */
public final class RankOrder {

    private static final double ROUNDING = 1e-9;

    private RankOrder() {}

    /**
     * The highest first; items of a block are in alphabetical order.
     *
     * @param which the items to order, as indexes of the ratings and names
     * @param ratings finite
     */
    public static List<List<Integer>> blocks(List<Integer> which, double[] ratings, List<String> names) {
        List<Integer> sorted = new ArrayList<>(which);
        sorted.sort(Comparator.comparingDouble(i -> -ratings[i]));
        List<List<Integer>> blocks = new ArrayList<>();
        double last = Double.NaN;
        for (int i : sorted) {
            if (blocks.isEmpty() || last - ratings[i] > ROUNDING * Math.max(1, Math.abs(last))) {
                blocks.add(new ArrayList<>());
                last = ratings[i];
            }
            blocks.getLast().add(i);
        }
        blocks.forEach(block -> block.sort(Comparator.comparing(names::get)));
        return blocks;
    }
}
