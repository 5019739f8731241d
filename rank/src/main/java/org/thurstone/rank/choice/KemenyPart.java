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

    /**
     * The best orders.
     *
     * @param order one of them
     * @param count how many there are; infinite beyond the range of a double
     * @param place of each item, in the order of {@link #items}: its mean over all best orders, from 0
     */
    record Best(List<Integer> order, double count, double[] place) {}

    /** The best orders, by the cheapest way to put each set of items on top, and of the rest below it. */
    Best exact() {
        int n = items.size();
        int all = (1 << n) - 1;
        double[] top = new double[1 << n];
        double[] rest = new double[1 << n];
        double[] waysDown = new double[1 << n];
        double[] waysUp = new double[1 << n];
        waysDown[0] = 1;
        for (int set = 1; set <= all; set++) {
            top[set] = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 1) top[set] = Math.min(top[set], top[set ^ 1 << i] + under(i, set ^ 1 << i));
            }
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 0) continue;
                int above = set ^ 1 << i;
                if (same(top[above] + under(i, above), top[set])) waysDown[set] += waysDown[above];
            }
        }
        waysUp[all] = 1;
        for (int set = all - 1; set >= 0; set--) {
            rest[set] = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 0) rest[set] = Math.min(rest[set], rest[set | 1 << i] + under(i, set));
            }
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 0 && same(rest[set | 1 << i] + under(i, set), rest[set])) {
                    waysUp[set] += waysUp[set | 1 << i];
                }
            }
        }
        double[] place = new double[n];
        for (int set = 0; set < all; set++) {
            if (!same(top[set] + rest[set], top[all])) continue;
            for (int i = 0; i < n; i++) {
                if ((set >> i & 1) == 0 && same(rest[set | 1 << i] + under(i, set), rest[set])) {
                    place[i] += Integer.bitCount(set) * (waysDown[set] / waysUp[0]) * waysUp[set | 1 << i];
                }
            }
        }
        return new Best(one(top), waysUp[0], place);
    }

    /** The votes against putting an item under a set: its own against those above it. */
    private double under(int i, int set) {
        double against = 0;
        for (int left = set; left != 0; left &= left - 1) {
            against += wins[items.get(i)][items.get(Integer.numberOfTrailingZeros(left))];
        }
        return against;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
    }

    private List<Integer> one(double[] top) {
        List<Integer> order = new ArrayList<>();
        for (int set = top.length - 1; set != 0; ) {
            int last = -1;
            for (int i = 0; i < items.size() && last < 0; i++) {
                int above = set ^ 1 << i;
                if ((set >> i & 1) == 1 && same(top[above] + under(i, above), top[set])) last = i;
            }
            order.add(items.get(last));
            set ^= 1 << last;
        }
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
