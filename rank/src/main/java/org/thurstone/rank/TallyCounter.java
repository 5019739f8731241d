package org.thurstone.rank;

import java.util.Arrays;

/** Counts comparisons without storing them. */
public final class TallyCounter {

    /** What is kept of a cell, side by side so that a battle touches one place in memory: three weights, then three sums of squares. */
    private static final int WIDTH = 6;

    private final ItemIndex items = new ItemIndex();
    private final PairCells cells = new PairCells();
    private final PairKeys keys = new PairKeys();
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
        size += battles;
        boolean single = weight == 1 && square == 1 && battles == 1;
        if (single && !PairCells.few(left, right) && keys.add(left, right, Tally.row(outcome))) {
            return;
        }
        int at = WIDTH * cells.of(left, right) + Tally.row(outcome);
        if (at >= sums.length) {
            sums = Arrays.copyOf(sums, 2 * sums.length);
        }
        sums[at] += weight;
        sums[at + 3] += square;
    }

    /** What was counted so far. */
    public Tally tally() {
        return new Counted().tally();
    }

    /** The pairs of both kinds in one order: those with sums, and those of sorted battles. */
    private final class Counted {
        private final int[] met;
        private final long[] summed;
        private final PairKeys.Sorted battles;

        Counted() {
            int[] places = items.places();
            met = new int[places.length];
            for (int item = 0; item < met.length; item++) {
                met[places[item]] = item;
            }
            summed = new long[cells.count()];
            for (int c = 0; c < summed.length; c++) {
                long pair = cells.pair(c);
                summed[c] = PairCells.pair(places[PairCells.left(pair)], places[PairCells.right(pair)]);
            }
            Arrays.sort(summed);
            battles = keys.sorted(places);
        }

        Tally tally() {
            int count = 0;
            for (Walk walk = new Walk(); walk.advance(); ) {
                walk.skip();
                count++;
            }
            int[] left = new int[count];
            int[] right = new int[count];
            double[][] weights = new double[3][count];
            double[][] squares = unweighted() ? weights : new double[3][count];
            int cell = 0;
            for (Walk walk = new Walk(); walk.advance(); cell++) {
                left[cell] = PairCells.left(walk.pair);
                right[cell] = PairCells.right(walk.pair);
                walk.write(weights, squares, cell);
            }
            return new Tally(items.sorted(), size, left, right, weights, squares);
        }

        /** Whether the sums of weights are those of squares. */
        private boolean unweighted() {
            for (int at = 0; at < WIDTH * cells.count(); at += WIDTH) {
                for (int row = at; row < at + 3; row++) {
                    if (sums[row] != sums[row + 3]) {
                        return false;
                    }
                }
            }
            return true;
        }

        /** Goes through all pairs once. */
        private final class Walk {
            private int sum;
            private int battle;
            private long pair;

            /** Goes to the next pair, whose sums and battles are then skipped or written. */
            boolean advance() {
                if (sum == summed.length && battle == battles.keys().length) {
                    return false;
                }
                long a = sum < summed.length ? summed[sum] : Long.MAX_VALUE;
                long b = battle < battles.keys().length ? battles.pair(battle) : Long.MAX_VALUE;
                pair = Math.min(a, b);
                return true;
            }

            void skip() {
                sum += sum < summed.length && summed[sum] == pair ? 1 : 0;
                while (battle < battles.keys().length && battles.pair(battle) == pair) {
                    battle++;
                }
            }

            @SuppressWarnings("ReferenceEquality") // squares that are the weights are kept once
            void write(double[][] weights, double[][] squares, int cell) {
                if (sum < summed.length && summed[sum] == pair) {
                    int from = WIDTH * cells.of(met[PairCells.left(pair)], met[PairCells.right(pair)]);
                    for (int row = 0; row < 3; row++) {
                        weights[row][cell] = sums[from + row];
                        squares[row][cell] = sums[from + 3 + row];
                    }
                    sum++;
                }
                while (battle < battles.keys().length && battles.pair(battle) == pair) {
                    int row = battles.row(battle++);
                    weights[row][cell]++;
                    if (weights != squares) {
                        squares[row][cell]++;
                    }
                }
            }
        }
    }
}
