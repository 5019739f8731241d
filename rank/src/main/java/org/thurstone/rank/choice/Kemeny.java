package org.thurstone.rank.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Quantity;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Kemeny and Young: the order with the fewest votes against it. The majority graph is first split into its strongly connected components, whose order
 * is the same in every optimal order; a component of at most {@code exact} items is solved by dynamic programming over its subsets, a larger one by
 * local search from Borda's order, with a bound on the distance to the optimum. If several orders have the fewest, a rating is the mean place over
 * all of them.
 *
 * @param exact size of the largest component to solve exactly, from 1 to 20
 */
@Method(
        name = "kemeny",
        kind = "ranking",
        source = "Kemeny 1959; Young and Levenglick 1978",
        summary = "the order with the fewest votes against it",
        formula = "argmin over orders of Σ wins of the lower over the higher")
public record Kemeny(@Default("16") int exact) implements RankingModel {

    private static final int NAMED = 8;

    public Kemeny {
        if (exact < 1 || exact > 20) throw new IllegalArgumentException("exact is " + exact + ", not from 1 to 20");
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double[][] wins = PairwiseWins.of(votes).wins();
        double[] borda = Borda.shares(new PairwiseWins(wins));
        List<Integer> order = new ArrayList<>();
        double[] ratings = new double[wins.length];
        double bound = 0;
        double orders = 1;
        int largest = 0;
        for (List<Integer> part : MajorityParts.of(wins)) {
            KemenyPart search = new KemenyPart(wins, part);
            largest = Math.max(largest, part.size());
            int above = order.size();
            if (part.size() <= exact) {
                KemenyPart.Best best = search.exact();
                order.addAll(best.order());
                bound += KemenyPart.against(wins, best.order());
                orders *= best.count();
                for (int k = 0; k < part.size(); k++) {
                    ratings[part.get(k)] = wins.length - above - best.place()[k];
                }
            } else {
                List<Integer> near = search.near(borda);
                order.addAll(near);
                bound += search.bound();
                for (int k = 0; k < near.size(); k++) {
                    ratings[near.get(k)] = wins.length - above - (double) k;
                }
            }
        }
        bound += between(wins, order);
        double cost = KemenyPart.against(wins, order);
        Board board = Board.of("kemeny", "place from the bottom", votes.items(), ratings)
                .withQuantities(List.of(
                        Quantity.of("votes against the order", cost),
                        Quantity.of("no order has fewer than", largest <= exact ? cost : bound)));
        if (largest <= exact && orders > 1) {
            board = board.withQuantities(List.of(Quantity.of("orders with as few", orders)))
                    .withRemarks(List.of(String.format(
                            Locale.ROOT,
                            "%,.0f orders have equally few votes against them, such as %s: a rating is the mean place over"
                                    + " all of them, and items whose means are equal share a rank",
                            orders,
                            named(order, votes.items()))));
        }
        return largest <= exact
                ? board
                : board.withRemarks(List.of(String.format(
                        Locale.ROOT,
                        "A cycle of majorities holds %d items, too many to try all orders: this one has at most %.2f"
                                + " %% more votes against it than the best",
                        largest,
                        100 * (cost - bound) / Math.max(bound, Double.MIN_NORMAL))));
    }

    private static String named(List<Integer> order, List<String> items) {
        String first = order.stream().limit(NAMED).map(items::get).collect(Collectors.joining(" > "));
        return order.size() <= NAMED ? first : first + " > …";
    }

    /** The votes against the order of items of different parts, which every optimal order has too. */
    private static double between(double[][] wins, List<Integer> order) {
        List<List<Integer>> parts = MajorityParts.of(wins);
        double all = KemenyPart.against(wins, order);
        for (List<Integer> part : parts) {
            List<Integer> inOrder = order.stream().filter(part::contains).toList();
            all -= KemenyPart.against(wins, inOrder);
        }
        return all;
    }
}
