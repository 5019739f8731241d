package org.thurstone.rank;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thurstone.data.UserError;

/**
 * Orders of items, each of some or all of them, with ties. An item that an order does not name was not seen by the annotator; where it was seen and
 * simply not named (the first three of ten, say), it belongs to the order's last block and the order is open. Immutable.
 */
public final class Rankings implements Votes {

    /**
     * One order.
     *
     * @param blocks indexes of items, the best first; items of one block are tied
     * @param open whether the last block holds what was left over, in no order, rather than a tie
     * @param weight how many voters gave it, above 0 and finite
     * @param annotator who gave it; empty where unknown
     */
    public record Ranking(List<List<Integer>> blocks, boolean open, double weight, String annotator) {
        public Ranking {
            blocks = blocks.stream().map(List::copyOf).toList();
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight is " + weight + ", not a finite number above 0");
            }
            Set<Integer> seen = new HashSet<>();
            for (List<Integer> block : blocks) {
                if (block.isEmpty()) {
                    throw new IllegalArgumentException("a block of an order is empty");
                }
                for (int item : block) {
                    if (!seen.add(item)) {
                        throw new IllegalArgumentException("an order names an item twice");
                    }
                }
            }
        }

        /** The number of items in the order. */
        public int length() {
            return blocks.stream().mapToInt(List::size).sum();
        }

        /** Whether two items share a place. */
        public boolean tied() {
            int ordered = open ? blocks.size() - 1 : blocks.size();
            return blocks.subList(0, Math.max(0, ordered)).stream().anyMatch(b -> b.size() > 1);
        }
    }

    private final List<String> items;
    private final List<Ranking> rankings;

    /** @param items in any order; the indexes of the rankings follow it */
    public Rankings(List<String> items, List<Ranking> rankings) {
        ItemIndex index = new ItemIndex();
        items.forEach(index::of);
        if (index.size() != items.size()) {
            throw new IllegalArgumentException("two items have one name");
        }
        int[] places = index.places();
        this.items = index.sorted();
        this.rankings = rankings.stream().map(r -> placed(r, places)).toList();
    }

    private static Ranking placed(Ranking ranking, int[] places) {
        List<List<Integer>> blocks = ranking.blocks().stream()
                .map(block -> block.stream().map(i -> places[i]).sorted().toList())
                .toList();
        return new Ranking(blocks, ranking.open(), ranking.weight(), ranking.annotator());
    }

    /**
     * Votes as orders, for a method that needs such.
     *
     * @param method its name
     * @param ofPairs the method that takes counts of pairs
     * @throws UserError if the votes are counts, of which orders cannot be made
     */
    public static Rankings of(Votes votes, String method, String ofPairs) {
        return switch (votes) {
            case Rankings rankings -> rankings;
            case Battles battles -> of(battles);
            case Tally tally ->
                throw new UserError(
                        method + " needs orders or battles, not counts of pairs; of pairs it is " + ofPairs);
        };
    }

    /** Each battle as an order of two. */
    public static Rankings of(Battles battles) {
        List<Ranking> orders = new ArrayList<>(battles.count());
        for (int b = 0; b < battles.count(); b++) {
            int left = battles.left(b);
            int right = battles.right(b);
            List<List<Integer>> blocks = switch (battles.outcome(b)) {
                case LEFT -> List.of(List.of(left), List.of(right));
                case RIGHT -> List.of(List.of(right), List.of(left));
                case TIE, BOTH_BAD -> List.of(List.of(left, right));
            };
            orders.add(new Ranking(
                    blocks, false, battles.weight(b), battles.annotators().get(battles.annotator(b))));
        }
        return new Rankings(battles.items(), orders);
    }

    @Override
    public List<String> items() {
        return items;
    }

    @Override
    public long size() {
        return rankings.size();
    }

    public List<Ranking> all() {
        return rankings;
    }

    /** The same items with other orders, whose indexes follow {@link #items}. */
    public Rankings with(List<Ranking> others) {
        return new Rankings(items, others);
    }

    /**
     * Each pair of each order, a pair in one tied block as a tie; the last block of an open order says nothing about its own. An order of weight 3
     * is three orders.
     */
    @Override
    public Tally tally() {
        TallyCounter counter = new TallyCounter();
        items.forEach(counter::item);
        for (Ranking ranking : rankings) {
            double weight = ranking.weight();
            long voters = Math.max(1, Math.round(weight));
            for (int k = 0; k < ranking.blocks().size(); k++) {
                List<Integer> block = ranking.blocks().get(k);
                for (int later = k + 1; later < ranking.blocks().size(); later++) {
                    for (int winner : block) {
                        for (int loser : ranking.blocks().get(later)) {
                            counter.add(
                                    Math.min(winner, loser),
                                    Math.max(winner, loser),
                                    winner < loser ? Outcome.LEFT : Outcome.RIGHT,
                                    weight,
                                    weight,
                                    voters);
                        }
                    }
                }
                boolean leftOver = ranking.open() && k == ranking.blocks().size() - 1;
                for (int i = 0; i < block.size() && !leftOver; i++) {
                    for (int j = i + 1; j < block.size(); j++) {
                        counter.add(block.get(i), block.get(j), Outcome.TIE, weight, weight, voters);
                    }
                }
            }
        }
        return counter.tally();
    }
}
