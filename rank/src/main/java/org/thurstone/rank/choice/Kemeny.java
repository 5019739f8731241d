package org.thurstone.rank.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * local search from Borda's order, with a bound on the distance to the optimum.
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

    public Kemeny {
        if (exact < 1 || exact > 20) throw new IllegalArgumentException("exact is " + exact + ", not from 1 to 20");
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        double[][] wins = PairwiseWins.of(votes).wins();
        double[] borda = Borda.shares(new PairwiseWins(wins));
        List<Integer> order = new ArrayList<>();
        double bound = 0;
        int largest = 0;
        for (List<Integer> part : MajorityParts.of(wins)) {
            KemenyPart search = new KemenyPart(wins, part);
            largest = Math.max(largest, part.size());
            if (part.size() <= exact) {
                List<Integer> best = search.exact();
                order.addAll(best);
                bound += KemenyPart.against(wins, best);
            } else {
                order.addAll(search.near(borda));
                bound += search.bound();
            }
        }
        bound += between(wins, order);
        double cost = KemenyPart.against(wins, order);
        double[] ratings = new double[order.size()];
        for (int place = 0; place < ratings.length; place++) ratings[order.get(place)] = ratings.length - place;
        Board board = Board.of("kemeny", "place from the bottom", votes.items(), ratings)
                .withQuantities(List.of(
                        Quantity.of("votes against the order", cost),
                        Quantity.of("no order has fewer than", largest <= exact ? cost : bound)));
        return largest <= exact
                ? board
                : board.withRemarks(List.of(String.format(
                        Locale.ROOT,
                        "A cycle of majorities holds %d items, too many to try all orders: this one has at most %.2f"
                                + " %% more votes against it than the best",
                        largest,
                        100 * (cost - bound) / Math.max(bound, Double.MIN_NORMAL))));
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
