package org.thurstone.rank;

import java.util.Arrays;

/** Counts comparisons without storing them. */
public final class TallyCounter {

    /** What is kept of a cell, side by side so that a battle touches one place in memory: three weights, then three sums of squares. */
    private static final int WIDTH = 6;

    private final ItemIndex items = new ItemIndex();
    private final PairCells cells = new PairCells();
    private double[] sums = new double[WIDTH << 8];
    private long size;

    /** One battle; throws an IllegalArgumentException where an item meets itself or the weight is not a finite number above 0. */
    public void add(String left, String right, Outcome outcome, double weight) {
        add(items.of(left), items.of(right), outcome, weight);
    }

    /** An item that need not meet anybody; its index, for {@link #add(int, int, Outcome, double)}. */
    public int item(String name) {
        return items.of(name);
    }

    /** The same by the indexes that {@link #item} gave. */
    public void add(int left, int right, Outcome outcome, double weight) {
        add(left, right, outcome, weight, weight * weight, 1);
    }

    /**
     * Many battles of one outcome at once.
     *
     * @param square the sum of their squared weights
     * @param battles how many there were
     */
    public void add(int left, int right, Outcome outcome, double weight, double square, long battles) {
        if (left == right) {
            throw new IllegalArgumentException("an item is compared with itself");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("the weight is " + weight + ", not a finite number above 0");
        }
        int at = WIDTH * cells.of(left, right) + Tally.row(outcome);
        if (at >= sums.length) {
            sums = Arrays.copyOf(sums, 2 * sums.length);
        }
        sums[at] += weight;
        sums[at + 3] += square;
        size += battles;
    }

    /** What was counted so far. */
    public Tally tally() {
        int count = cells.count();
        int[] places = items.places();
        int[] met = new int[places.length];
        for (int item = 0; item < met.length; item++) {
            met[places[item]] = item;
        }
        long[] sorted = new long[count];
        for (int c = 0; c < count; c++) {
            long pair = cells.pair(c);
            sorted[c] = PairCells.pair(places[PairCells.left(pair)], places[PairCells.right(pair)]);
        }
        Arrays.sort(sorted);
        int[] left = new int[count];
        int[] right = new int[count];
        double[][] weights = new double[3][count];
        double[][] squares = new double[3][count];
        for (int c = 0; c < count; c++) {
            left[c] = PairCells.left(sorted[c]);
            right[c] = PairCells.right(sorted[c]);
            int from = WIDTH * cells.of(met[left[c]], met[right[c]]);
            for (int row = 0; row < 3; row++) {
                weights[row][c] = sums[from + row];
                squares[row][c] = sums[from + 3 + row];
            }
        }
        return new Tally(items.sorted(), size, left, right, weights, squares);
    }
}
