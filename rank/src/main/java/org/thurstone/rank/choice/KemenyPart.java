package org.thurstone.rank.choice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Orders some items so that few votes are against the order.
 *
 * @param wins the votes for the row's item against the column's, of all items
 * @param items those to order
 */
record KemenyPart(double[][] wins, List<Integer> items) {

    /** The votes against an order. */
    static double against(double[][] wins, List<Integer> order) {
        double sum = 0;
        for (int a = 0; a < order.size(); a++) {
            for (int b = a + 1; b < order.size(); b++) sum += wins[order.get(b)][order.get(a)];
        }
        return sum;
    }

    /** A best order, by the cheapest way to put each set of items on top. */
    List<Integer> exact() {
        int n = items.size();
        double[] cost = new double[1 << n];
        byte[] last = new byte[1 << n];
        for (int set = 1; set < 1 << n; set++) {
            cost[set] = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 0) continue;
                // i is the lowest of the set: its votes against those above it are votes against the order.
                double with = cost[set ^ 1 << i];
                for (int j = 0; j < n; j++) {
                    if (j != i && (set >> j & 1) == 1) with += wins[items.get(i)][items.get(j)];
                }
                if (with < cost[set]) {
                    cost[set] = with;
                    last[set] = (byte) i;
                }
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int set = (1 << n) - 1; set != 0; set ^= 1 << last[set]) order.add(items.get(last[set]));
        Collections.reverse(order);
        return order;
    }

    /** A good order: Borda's, with each item moved to its best place until no single move helps. */
    List<Integer> near(double[] borda) {
        List<Integer> order = new ArrayList<>(items);
        order.sort(Comparator.comparingDouble(i -> -borda[i]));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int item : items) {
                int from = order.indexOf(item);
                int to = bestPlace(order, item, from);
                if (to != from) {
                    order.remove(/* index */ from);
                    order.add(to, item);
                    moved = true;
                }
            }
        }
        return order;
    }

    private int bestPlace(List<Integer> order, int item, int from) {
        int best = from;
        double least = -1e-9;
        double change = 0;
        for (int to = from - 1; to >= 0; to--) {
            change += wins[order.get(to)][item] - wins[item][order.get(to)];
            if (change < least) {
                least = change;
                best = to;
            }
        }
        change = 0;
        for (int to = from + 1; to < order.size(); to++) {
            change += wins[item][order.get(to)] - wins[order.get(to)][item];
            if (change < least) {
                least = change;
                best = to;
            }
        }
        return best;
    }

    /**
     * No order has fewer votes against it: each pair costs its minority, and each of a set of cycles of three that share no pair costs at
     * least its narrowest majority more.
     */
    double bound() {
        int n = items.size();
        double bound = 0;
        double[][] left = new double[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                double lead = wins[items.get(a)][items.get(b)] - wins[items.get(b)][items.get(a)];
                if (a < b) bound += Math.min(wins[items.get(a)][items.get(b)], wins[items.get(b)][items.get(a)]);
                left[a][b] = Math.max(0, lead);
            }
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                for (int c = 0; c < n && left[a][b] > 0; c++) {
                    // What a cycle costs is taken from its majorities, so that they may serve in further cycles with
                    // what is left.
                    double narrowest = Math.min(left[a][b], Math.min(left[b][c], left[c][a]));
                    if (narrowest <= 0) continue;
                    bound += narrowest;
                    left[a][b] -= narrowest;
                    left[b][c] -= narrowest;
                    left[c][a] -= narrowest;
                }
            }
        }
        return bound;
    }
}
