package org.thurstone.rank;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How many battles each item has, and how many of them it won or tied; of whole orders, how many contain it.
 *
 * @param index of an item in the arrays
 */
public record VoteCounts(Map<String, Integer> index, double[] battles, double[] wins, double[] ties) {

    /** Counts votes by their weights. */
    public static VoteCounts of(Votes votes) {
        int n = votes.items().size();
        Map<String, Integer> index = new HashMap<>();
        votes.items().forEach(item -> index.put(item, index.size()));
        VoteCounts counts = new VoteCounts(index, new double[n], new double[n], new double[n]);
        switch (votes) {
            case Battles battles -> {
                for (int b = 0; b < battles.count(); b++) {
                    counts.add(battles.left(b), battles.right(b), battles.outcome(b), battles.weight(b));
                }
            }
            case Tally tally -> {
                for (int c = 0; c < tally.cells(); c++) {
                    for (Outcome outcome : new Outcome[] {Outcome.LEFT, Outcome.RIGHT, Outcome.TIE}) {
                        counts.add(tally.left(c), tally.right(c), outcome, tally.weight(outcome, c));
                    }
                }
            }
            case Rankings rankings -> {
                Arrays.fill(counts.wins, Double.NaN);
                Arrays.fill(counts.ties, Double.NaN);
                rankings.all()
                        .forEach(r -> r.blocks().forEach(block -> block.forEach(i -> counts.battles[i] += r.weight())));
            }
        }
        return counts;
    }

    private void add(int left, int right, Outcome outcome, double weight) {
        battles[left] += weight;
        battles[right] += weight;
        switch (outcome) {
            case LEFT -> wins[left] += weight;
            case RIGHT -> wins[right] += weight;
            case TIE, BOTH_BAD -> {
                ties[left] += weight;
                ties[right] += weight;
            }
        }
    }

    /** The board with the counts of every item. */
    public Board on(Board board, double provisional) {
        return board.with(board.standings().stream()
                .map(s -> {
                    Integer i = index.get(s.item());
                    return i == null
                            ? s
                            : s.with(s.evidence().withVotes(battles[i], wins[i], ties[i], battles[i] < provisional));
                })
                .toList());
    }
}
