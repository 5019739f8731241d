package org.thurstone.rank.agreement;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Posteriors of true labels, items × categories. */
final class Posteriors {

    /** Probabilities that differ by less, relative to the larger, are equal up to rounding. */
    private static final double EQUAL = 1e-9;

    private Posteriors() {}

    /** The share of each item's labels that each category has; a known label has all. */
    static double[][] shares(Labels labels, int[] known) {
        int[][] counts = labels.counts();
        double[][] shares = new double[counts.length][];
        for (int i = 0; i < counts.length; i++) {
            double n = Arrays.stream(counts[i]).sum();
            shares[i] = Arrays.stream(counts[i]).mapToDouble(c -> c / n).toArray();
            fix(shares[i], known[i]);
        }
        return shares;
    }

    /** No label is known. */
    static int[] unknown(Labels labels) {
        int[] known = new int[labels.items().size()];
        Arrays.fill(known, -1);
        return known;
    }

    /**
     * Turns logarithms into probabilities in place.
     *
     * @param known the true category, or −1
     * @return the logarithm of their sum; if the label is known, its own
     */
    static double normalise(double[] logs, int known) {
        if (known >= 0) {
            double evidence = logs[known];
            fix(logs, known);
            return evidence;
        }
        double top = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double v : logs) sum += Math.exp(v - top);
        for (int c = 0; c < logs.length; c++) logs[c] = Math.exp(logs[c] - top) / sum;
        return top + Math.log(sum);
    }

    /** Gives a known label all probability. */
    static void fix(double[] item, int known) {
        if (known < 0) return;
        Arrays.fill(item, 0);
        item[known] = 1;
    }

    /** The most probable labels of each item. */
    static int[][] best(double[][] posterior) {
        int[][] found = new int[posterior.length][];
        for (int i = 0; i < found.length; i++) {
            double[] item = posterior[i];
            double most = Arrays.stream(item).max().orElseThrow();
            found[i] = IntStream.range(0, item.length)
                    .filter(c -> item[c] >= most * (1 - EQUAL))
                    .toArray();
        }
        return found;
    }
}
