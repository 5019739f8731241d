package org.thurstone.rank;

import java.util.Arrays;

/**
 * Numbers ordered pairs of indexes in the order in which they are met. Of up to a thousand or so items the pairs are a square table, one
 * look-up each; beyond that an open-addressed one, so that memory goes with the pairs that meet and not with those that might.
 */
final class PairCells {

    private static final int FREE = -1;
    private static final int LARGEST_SIDE = 1 << 10;

    /** While the table is square: the number of each pair, row by row. */
    private int[] square = free(1 << 8);

    private int side = 1 << 4;

    /** Once it is not: pairs, each in a slot of its own, and their numbers. */
    private long[] slots = {};

    private int[] numbers = {};

    private long[] pairs = new long[1 << 8];
    private int count;

    private static int[] free(int size) {
        int[] table = new int[size];
        Arrays.fill(table, FREE);
        return table;
    }

    static long pair(int left, int right) {
        return ((long) left << 32) | right;
    }

    static int left(long pair) {
        return (int) (pair >>> 32);
    }

    static int right(long pair) {
        return (int) pair;
    }

    /** Whether a pair is of the first items, for which a square table is the fastest. */
    static boolean few(int left, int right) {
        return Math.max(left, right) < LARGEST_SIDE;
    }

    int count() {
        return count;
    }

    /** The pair with a number. */
    long pair(int number) {
        return pairs[number];
    }

    /** The number of a pair, a new one where it has none yet. */
    int of(int left, int right) {
        if (side > 0) {
            if (left < side && right < side) {
                int at = left * side + right;
                if (square[at] == FREE) {
                    square[at] = next(pair(left, right));
                }
                return square[at];
            }
            widen(Math.max(left, right));
            return of(left, right);
        }
        long pair = pair(left, right);
        int slot = slot(pair);
        if (numbers[slot] == FREE) {
            if (2 * count >= slots.length) {
                hash(2 * slots.length);
                slot = slot(pair);
            }
            slots[slot] = pair;
            numbers[slot] = next(pair);
        }
        return numbers[slot];
    }

    private int next(long pair) {
        if (count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * count);
        }
        pairs[count] = pair;
        return count++;
    }

    private void widen(int item) {
        int wider = side;
        while (wider <= item && wider <= LARGEST_SIDE) {
            wider *= 2;
        }
        if (wider > LARGEST_SIDE) {
            square = new int[0];
            side = 0;
            hash(Math.max(1 << 10, 4 * Integer.highestOneBit(Math.max(1, count))));
            return;
        }
        int[] to = free(wider * wider);
        for (int row = 0; row < side; row++) {
            System.arraycopy(square, row * side, to, row * wider, side);
        }
        square = to;
        side = wider;
    }

    private void hash(int size) {
        slots = new long[size];
        numbers = free(size);
        for (int number = 0; number < count; number++) {
            int slot = slot(pairs[number]);
            slots[slot] = pairs[number];
            numbers[slot] = number;
        }
    }

    private int slot(long pair) {
        long mixed = pair * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & (slots.length - 1);
        while (numbers[slot] != FREE && slots[slot] != pair) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
