package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.rank.Tally;

/**
 * The identifiable parts of the strengths (Ford 1957): two items can be compared if chains of wins or ties lead from each to the other. Such items
 * are a group. Between groups there is at most an order: the members of one beat those of the other and never lost, so that any finite gap is too
 * small. Groups are numbered so that a group that beats another one comes first.
 *
 * @param of the group of each item
 * @param below for each group, those that it reaches by wins
 */
public record Groups(int[] of, List<BitSet> below) {

    /**
     * The groups of a model without a prior.
     *
     * @param left the left item of each pair that met
     * @param right its right item
     * @param weights of the pairs, a row each for left wins, right wins and ties
     */
    public static Groups of(int items, int[] left, int[] right, double[][] weights) {
        Wins wins = Wins.of(items, left, right, weights);
        int[] group = new Components(wins).found();
        int count = Arrays.stream(group).max().orElse(-1) + 1;
        List<BitSet> below = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            below.add(new BitSet(count));
        }
        int[] byGroup = IntStream.range(0, items)
                .boxed()
                .sorted((a, b) -> Integer.compare(group[b], group[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        // The last groups first: what they reach is known when it is asked for.
        for (int i : byGroup) {
            for (int at = wins.starts()[i]; at < wins.starts()[i + 1]; at++) {
                int to = group[wins.beaten()[at]];
                if (group[i] != to && !below.get(group[i]).get(to)) {
                    below.get(group[i]).set(to);
                    below.get(group[i]).or(below.get(to));
                }
            }
        }
        return new Groups(group, List.copyOf(below));
    }

    /** Those of counted votes. */
    public static Groups of(Tally tally) {
        Tally.Columns all = tally.columns();
        return of(tally.items().size(), all.left(), all.right(), all.weights());
    }

    /**
     * The items that chains of battles join, whatever the outcomes.
     *
     * @param left the left item of each pair that met
     * @param right its right item
     */
    public static Groups joined(int items, int[] left, int[] right) {
        UnionFind joined = new UnionFind(items);
        for (int c = 0; c < left.length; c++) {
            joined.join(left[c], right[c]);
        }
        int[] number = new int[items];
        Arrays.fill(number, -1);
        int[] group = new int[items];
        int next = joined.parts();
        for (int i = 0; i < items; i++) {
            int root = joined.root(i);
            number[root] = number[root] < 0 ? --next : number[root];
            group[i] = number[root];
        }
        return new Groups(
                group,
                IntStream.range(0, joined.parts()).mapToObj(g -> new BitSet()).toList());
    }

    /** All in one, as a prior makes them. */
    public static Groups one(int items) {
        return new Groups(new int[items], List.of(new BitSet()));
    }

    public int count() {
        return below.size();
    }

    /** The items of a group. */
    public List<Integer> members(int group) {
        return IntStream.range(0, of.length).filter(i -> of[i] == group).boxed().toList();
    }

    /** The items of every group, in their order. */
    private int[][] everyGroup() {
        int[] sizes = sizes();
        int[][] members = new int[sizes.length][];
        for (int g = 0; g < members.length; g++) {
            members[g] = new int[sizes[g]];
        }
        int[] met = new int[sizes.length];
        for (int i = 0; i < of.length; i++) {
            members[of[i]][met[of[i]]++] = i;
        }
        return members;
    }

    /** The number of items of each group. */
    public int[] sizes() {
        int[] sizes = new int[count()];
        for (int group : of) {
            sizes[group]++;
        }
        return sizes;
    }

    /** Whether an item's group is known to stand above another's. */
    public boolean above(int item, int other) {
        return below.get(of[item]).get(of[other]);
    }

    /** Whether two items' ratings can be compared. */
    public boolean together(int item, int other) {
        return of[item] == of[other];
    }

    /** Moves each group's mean to zero: a rating is only known against others. */
    public void centre(double[] ratings) {
        for (int[] members : everyGroup()) {
            double mean = Arrays.stream(members)
                    .mapToDouble(i -> ratings[i])
                    .average()
                    .orElse(0);
            for (int i : members) {
                ratings[i] -= mean;
            }
        }
    }

    /** Takes the mean of each group's items from the rows and columns of a covariance, of which the items come first. */
    public void centre(double[][] covariance) {
        int size = covariance.length;
        for (int[] members : everyGroup()) {
            double[] mean = new double[size];
            for (int i : members) {
                for (int j = 0; j < size; j++) {
                    mean[j] += covariance[i][j] / members.length;
                }
            }
            for (int i : members) {
                for (int j = 0; j < size; j++) {
                    covariance[i][j] -= mean[j];
                }
            }
        }
        for (int[] members : everyGroup()) {
            for (double[] row : covariance) {
                double mean = 0;
                for (int j : members) {
                    mean += row[j] / members.length;
                }
                for (int j : members) {
                    row[j] -= mean;
                }
            }
        }
    }

    /**
     * Makes an information matrix definite without moving any difference: the square of each group's mean is added, on the scale of the
     * group's own information.
     *
     * @param information of which the lower triangle is read, items first; it is changed, and returned
     */
    public double[][] hold(double[][] information) {
        for (int[] members : everyGroup()) {
            double scale = Arrays.stream(members)
                            .mapToDouble(i -> information[i][i])
                            .average()
                            .orElse(0)
                    / members.length;
            double held = scale > 0 ? scale : 1;
            for (int i : members) {
                for (int j : members) {
                    if (j > i) {
                        break;
                    }
                    information[i][j] += held;
                }
            }
        }
        return information;
    }

    /**
     * Whom each item beat or tied with.
     *
     * @param starts where the items that it beat begin, and one entry more
     */
    private record Wins(int[] starts, int[] beaten) {

        static Wins of(int items, int[] left, int[] right, double[][] weights) {
            int[] starts = new int[items + 1];
            for (int c = 0; c < left.length; c++) {
                starts[left[c] + 1] += beat(weights, 0, c) ? 1 : 0;
                starts[right[c] + 1] += beat(weights, 1, c) ? 1 : 0;
            }
            for (int i = 0; i < items; i++) {
                starts[i + 1] += starts[i];
            }
            int[] beaten = new int[starts[items]];
            int[] next = starts.clone();
            for (int c = 0; c < left.length; c++) {
                if (beat(weights, 0, c)) {
                    beaten[next[left[c]]++] = right[c];
                }
                if (beat(weights, 1, c)) {
                    beaten[next[right[c]]++] = left[c];
                }
            }
            return new Wins(starts, beaten);
        }

        private static boolean beat(double[][] weights, int row, int cell) {
            return weights[2][cell] > 0 || weights[row][cell] > 0;
        }
    }

    /** Strongly connected components by Tarjan's algorithm, without recursion: a chain of ten thousand items is no reason to fail. */
    private static final class Components {
        private final Wins wins;
        private final int[] next;
        private final int[] number;
        private final int[] lowest;
        private final int[] component;
        private final int[] open;
        private final int[] path;
        private int opened;
        private int met;
        private int finished;

        Components(Wins wins) {
            int n = wins.starts().length - 1;
            this.wins = wins;
            this.next = Arrays.copyOf(wins.starts(), n);
            this.number = new int[n];
            this.lowest = new int[n];
            this.component = new int[n];
            this.open = new int[n];
            this.path = new int[n];
            Arrays.fill(component, -1);
        }

        /** Components are finished from the bottom up; in reverse order, winners come first. */
        int[] found() {
            for (int i = 0; i < number.length; i++) {
                if (number[i] == 0) {
                    walk(i);
                }
            }
            return Arrays.stream(component).map(c -> finished - 1 - c).toArray();
        }

        private void walk(int root) {
            int depth = 0;
            enter(root);
            path[depth++] = root;
            while (depth > 0) {
                int i = path[depth - 1];
                if (next[i] < wins.starts()[i + 1]) {
                    int j = wins.beaten()[next[i]++];
                    if (number[j] == 0) {
                        enter(j);
                        path[depth++] = j;
                    } else if (component[j] < 0) {
                        lowest[i] = Math.min(lowest[i], number[j]);
                    }
                } else {
                    depth--;
                    if (depth > 0) {
                        int parent = path[depth - 1];
                        lowest[parent] = Math.min(lowest[parent], lowest[i]);
                    }
                    if (lowest[i] == number[i]) {
                        finish(i);
                    }
                }
            }
        }

        private void enter(int i) {
            number[i] = ++met;
            lowest[i] = met;
            open[opened++] = i;
        }

        private void finish(int root) {
            int i;
            do {
                i = open[--opened];
                component[i] = finished;
            } while (i != root);
            finished++;
        }
    }
}
