package org.thurstone.rank;

import java.util.Arrays;
import java.util.List;

/** Counts comparisons as they come and forgets them: an open-addressed table from ordered pairs to their cells. */
public final class TallyCounter {

    private static final long FREE = -1;

    private final ItemIndex items = new ItemIndex();
    private long[] keys = new long[1 << 10];
    private int[] cells = new int[1 << 10];
    private int count;
    private long size;
    private long[] pairs = new long[1 << 8];
    private final double[][] weights = new double[3][1 << 8];
    private final double[][] squares = new double[3][1 << 8];

    public TallyCounter() {
        Arrays.fill(keys, FREE);
    }

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
        int cell = cell(((long) left << 32) | right);
        int row = Tally.row(outcome);
        weights[row][cell] += weight;
        squares[row][cell] += square;
        size += battles;
    }

    /** What was counted so far. */
    public Tally tally() {
        int[] places = items.places();
        long[] placed = new long[count];
        for (int c = 0; c < count; c++) {
            placed[c] = ((long) places[(int) (pairs[c] >>> 32)] << 32) | places[(int) pairs[c]];
        }
        long[] sorted = placed.clone();
        Arrays.sort(sorted);
        int[] order = new int[count];
        for (int c = 0; c < count; c++) {
            order[Arrays.binarySearch(sorted, placed[c])] = c;
        }
        int[] left = Arrays.stream(order).map(c -> (int) (placed[c] >>> 32)).toArray();
        int[] right = Arrays.stream(order).map(c -> (int) placed[c]).toArray();
        List<String> names = items.sorted();
        return new Tally(names, size, left, right, ordered(weights, order), ordered(squares, order));
    }

    private static double[][] ordered(double[][] rows, int[] order) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(order).mapToDouble(c -> row[c]).toArray())
                .toArray(double[][]::new);
    }

    private int cell(long key) {
        int slot = slot(key, keys);
        if (keys[slot] == FREE) {
            if (2 * count >= keys.length) {
                grow();
                slot = slot(key, keys);
            }
            if (count == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * count);
                for (int row = 0; row < 3; row++) {
                    weights[row] = Arrays.copyOf(weights[row], 2 * count);
                    squares[row] = Arrays.copyOf(squares[row], 2 * count);
                }
            }
            keys[slot] = key;
            cells[slot] = count;
            pairs[count] = key;
            count++;
        }
        return cells[slot];
    }

    private void grow() {
        long[] wider = new long[2 * keys.length];
        int[] widerCells = new int[wider.length];
        Arrays.fill(wider, FREE);
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != FREE) {
                int to = slot(keys[slot], wider);
                wider[to] = keys[slot];
                widerCells[to] = cells[slot];
            }
        }
        keys = wider;
        cells = widerCells;
    }

    private static int slot(long key, long[] table) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (table.length - 1);
        while (table[slot] != FREE && table[slot] != key) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
