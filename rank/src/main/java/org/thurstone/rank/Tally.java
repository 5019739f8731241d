package org.thurstone.rank;

import java.util.Arrays;
import java.util.List;

/**
 * Comparisons as counts: for each ordered pair (left, right) that met, the weight of left wins, right wins and ties. A cell is such a pair. Memory goes with the pairs, not with the comparisons. Sums of squared weights are kept as well, which
 * is all that a sandwich variance asks of single battles.
 *
 * <p>Cells are in order of left, then right. Immutable.
 */
public final class Tally implements Votes {

    private static final int MOST_FOLDED = 1 << 20;

    private final List<String> items;
    private final long size;
    private final int[] left;
    private final int[] right;
    private final double[][] weights;
    /** The same arrays as the weights where each battle has weight 1. */
    private final double[][] squares;

    Tally(List<String> items, long size, int[] left, int[] right, double[][] weights, double[][] squares) {
        this.items = List.copyOf(items);
        this.size = size;
        this.left = left;
        this.right = right;
        this.weights = weights;
        this.squares = squares;
    }

    /** Counts a stream of battles without keeping them. */
    public static Tally of(Iterable<Battle> battles) {
        TallyCounter counter = new TallyCounter();
        battles.forEach(b -> counter.add(b.left(), b.right(), b.outcome(), b.weight()));
        return counter.tally();
    }

    @Override
    public List<String> items() {
        return items;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Tally tally() {
        return this;
    }

    /** The number of ordered pairs that have battles. */
    public int cells() {
        return left.length;
    }

    public int left(int cell) {
        return left[cell];
    }

    public int right(int cell) {
        return right[cell];
    }

    /** The weight of the battles that the left one won. */
    public double leftWins(int cell) {
        return weights[0][cell];
    }

    public double rightWins(int cell) {
        return weights[1][cell];
    }

    /** The weight of the battles without a winner, both-bad ones included. */
    public double ties(int cell) {
        return weights[2][cell];
    }

    /** The sum of squared weights of the battles with an outcome; both-bad ones are among the ties. */
    public double squares(Outcome outcome, int cell) {
        return squares[row(outcome)][cell];
    }

    /** The sum of weights of the battles with an outcome; both-bad ones are among the ties. */
    public double weight(Outcome outcome, int cell) {
        return weights[row(outcome)][cell];
    }

    /**
     * The columns of a tally, an entry for each cell; the arrays themselves, which are not to be changed.
     *
     * @param weights a row each for left wins, right wins and ties
     * @param squares the same of squared weights
     */
    public record Columns(int[] left, int[] right, double[][] weights, double[][] squares) {}

    /** All cells without copying them. */
    public Columns columns() {
        return new Columns(left, right, weights, squares);
    }

    /** The weight of all battles. */
    public double total() {
        return Arrays.stream(weights).flatMapToDouble(Arrays::stream).sum();
    }

    /** Whether every battle has weight 1, so that weights are counts. */
    @SuppressWarnings("ReferenceEquality") // squares that are the weights are kept once
    public boolean unweighted() {
        return (weights == squares || Arrays.deepEquals(weights, squares)) && total() == size;
    }

    /**
     * How often the row's item beat the column's, on either side.
     *
     * @param tieShare what a tie gives each of the two, such as 0.5
     */
    public double[][] wins(double tieShare) {
        double[][] wins = new double[items.size()][items.size()];
        for (int c = 0; c < left.length; c++) {
            wins[left[c]][right[c]] += weights[0][c] + tieShare * weights[2][c];
            wins[right[c]][left[c]] += weights[1][c] + tieShare * weights[2][c];
        }
        return wins;
    }

    /**
     * The same pairs with other weights, as a bootstrap draws them.
     *
     * @param drawn a row each for left, right and tie; each drawn battle counts with its weight
     * @param drawnSquares the same of squared weights
     */
    public Tally redrawn(double[][] drawn, double[][] drawnSquares) {
        return new Tally(items, size, left, right, drawn, drawnSquares);
    }

    /**
     * The same where sides do not matter: each pair is one cell, whose left item is the first in alphabetical order. A large tally of which few
     * pairs met both ways stays as it is, since that would take memory and save nothing.
     */
    @SuppressWarnings("ReferenceEquality") // squares that are the weights are kept once
    public Tally folded() {
        int n = left.length;
        if (n > MOST_FOLDED && (double) items.size() * items.size() > 8.0 * n) {
            return this;
        }
        long[] pairs = new long[n];
        boolean already = true;
        for (int c = 0; c < n; c++) {
            already &= left[c] < right[c];
            pairs[c] = PairCells.pair(Math.min(left[c], right[c]), Math.max(left[c], right[c]));
        }
        if (already) {
            return this;
        }
        long[] met = pairs.clone();
        Arrays.sort(met);
        PairCells cells = new PairCells();
        for (long pair : met) {
            cells.of(PairCells.left(pair), PairCells.right(pair));
        }
        int count = cells.count();
        int[] low = new int[count];
        int[] high = new int[count];
        for (int c = 0; c < count; c++) {
            low[c] = PairCells.left(cells.pair(c));
            high[c] = PairCells.right(cells.pair(c));
        }
        double[][] foldedWeights = new double[3][count];
        double[][] foldedSquares = weights == squares ? foldedWeights : new double[3][count];
        for (int c = 0; c < n; c++) {
            int to = cells.of(PairCells.left(pairs[c]), PairCells.right(pairs[c]));
            boolean straight = left[c] < right[c];
            for (int row = 0; row < 3; row++) {
                int turned = straight || row == 2 ? row : 1 - row;
                foldedWeights[turned][to] += weights[row][c];
                if (weights != squares) {
                    foldedSquares[turned][to] += squares[row][c];
                }
            }
        }
        return new Tally(items, size, low, high, foldedWeights, foldedSquares);
    }

    /** The index at which an outcome is counted: 0 left, 1 right, 2 neither. */
    public static int row(Outcome outcome) {
        return switch (outcome) {
            case LEFT -> 0;
            case RIGHT -> 1;
            case TIE, BOTH_BAD -> 2;
        };
    }
}
