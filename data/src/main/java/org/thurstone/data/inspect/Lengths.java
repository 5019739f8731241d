package org.thurstone.data.inspect;

import java.util.TreeMap;

/**
 * A histogram of lengths: one cell for each length below 1024, and cells 1 % wide above, so that quantiles are exact or at most 1 % too small, in
 * constant memory for any number of texts.
 */
final class Lengths {

    private static final int EXACT = 1024;
    private static final double STEP = Math.log(1.01);

    private final TreeMap<Integer, Long> cells = new TreeMap<>();
    private long count;
    private double sum;
    private long max;

    void add(long length) {
        cells.merge(cell(length), 1L, Long::sum);
        count++;
        sum += length;
        max = Math.max(max, length);
    }

    /**
     * Quantiles of some lengths.
     *
     * @param count how many there were; the rest is 0 where there were none
     */
    record Summary(long count, double mean, long p05, long p50, long p95, long p99, long max) {}

    Summary summary() {
        double mean = count == 0 ? 0 : sum / count;
        return new Summary(count, mean, quantile(0.05), quantile(0.5), quantile(0.95), quantile(0.99), max);
    }

    /** The smallest length that at least this share of the texts do not exceed. */
    private long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (var cell : cells.entrySet()) {
            seen += cell.getValue();
            if (seen >= rank) {
                return floor(cell.getKey());
            }
        }
        return 0;
    }

    private static int cell(long length) {
        return length < EXACT ? (int) length : EXACT + (int) (Math.log((double) length / EXACT) / STEP);
    }

    private static long floor(int cell) {
        return cell < EXACT ? cell : (long) Math.ceil(EXACT * Math.exp((cell - EXACT) * STEP));
    }
}
