package org.thurstone.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Single battles of weight 1 as one number each, to be sorted once all are there. Where few battles share a pair that takes less memory than
 * a table of pairs, and less time, since a table that does not fit into the processor's cache is slow.
 */
final class PairKeys {

    private static final int CHUNK = 1 << 20;

    /** So many take 256 MiB; further battles are counted in a table. */
    private static final int MOST = 1 << 25;

    private static final int OUTCOME = 2;
    private static final int DIGIT = 11;

    private final List<long[]> chunks = new ArrayList<>();
    private int count;

    /** Whether there was room. */
    boolean add(int left, int right, int row) {
        if (count == MOST) {
            return false;
        }
        int at = count % CHUNK;
        if (at == 0) {
            chunks.add(new long[CHUNK]);
        }
        chunks.getLast()[at] = ((((long) left << 31) | right) << OUTCOME) | row;
        count++;
        return true;
    }

    /**
     * The battles in order of their pairs.
     *
     * @param places the index that each item goes by now
     */
    Sorted sorted(int[] places) {
        int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, places.length - 1)));
        long[] keys = new long[count];
        for (int k = 0; k < count; k++) {
            long key = chunks.get(k / CHUNK)[k % CHUNK];
            long row = key & 3;
            int left = places[(int) (key >>> (31 + OUTCOME))];
            int right = places[(int) (key >>> OUTCOME) & Integer.MAX_VALUE];
            keys[k] = ((((long) left << bits) | right) << OUTCOME) | row;
        }
        return new Sorted(sort(keys, 2 * bits + OUTCOME), bits);
    }

    /** By digits, the lowest first. */
    private static long[] sort(long[] keys, int bits) {
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int shift = 0; shift < bits; shift += DIGIT) {
            int[] starts = new int[(1 << DIGIT) + 1];
            int mask = (1 << DIGIT) - 1;
            for (long key : from) {
                starts[((int) (key >>> shift) & mask) + 1]++;
            }
            Arrays.parallelPrefix(starts, Integer::sum);
            for (long key : from) {
                to[starts[(int) (key >>> shift) & mask]++] = key;
            }
            long[] other = from;
            from = to;
            to = other;
        }
        return from;
    }

    /** Keys in order; each is a pair and a row of outcomes. */
    record Sorted(long[] keys, int bits) {

        long pair(int at) {
            long pair = keys[at] >>> OUTCOME;
            return PairCells.pair((int) (pair >>> bits), (int) (pair & ((1L << bits) - 1)));
        }

        int row(int at) {
            return (int) keys[at] & 3;
        }
    }
}
