package org.thurstone.rank.certainty;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
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
     * @param beats for each item, those that it won or tied against at least once
     */
    public static Groups of(List<List<Integer>> beats) {
        int n = beats.size();
        int[] group = new Components(beats).found();
        int count = Arrays.stream(group).max().orElse(-1) + 1;
        List<BitSet> below = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            below.add(new BitSet(count));
        }
        int[] byGroup = IntStream.range(0, n)
                .boxed()
                .sorted((a, b) -> Integer.compare(group[b], group[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        // The last groups first: what they reach is known when it is asked for.
        for (int i : byGroup) {
            for (int j : beats.get(i)) {
                if (group[i] != group[j]) {
                    below.get(group[i]).set(group[j]);
                    below.get(group[i]).or(below.get(group[j]));
                }
            }
        }
        return new Groups(group, List.copyOf(below));
    }

    /** Those of counted votes. */
    public static Groups of(Tally tally) {
        List<List<Integer>> beats = new ArrayList<>();
        tally.items().forEach(item -> beats.add(new ArrayList<>()));
        for (int c = 0; c < tally.cells(); c++) {
            if (tally.leftWins(c) > 0 || tally.ties(c) > 0) {
                beats.get(tally.left(c)).add(tally.right(c));
            }
            if (tally.rightWins(c) > 0 || tally.ties(c) > 0) {
                beats.get(tally.right(c)).add(tally.left(c));
            }
        }
        return of(beats);
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
        for (int g = 0; g < count(); g++) {
            List<Integer> members = members(g);
            double mean =
                    members.stream().mapToDouble(i -> ratings[i]).average().orElse(0);
            members.forEach(i -> ratings[i] -= mean);
        }
    }

    /** Takes the mean of each group's items from the rows and columns of a covariance, of which the items come first. */
    public void centre(double[][] covariance) {
        int size = covariance.length;
        for (int g = 0; g < count(); g++) {
            List<Integer> members = members(g);
            double[] mean = new double[size];
            for (int i : members) {
                for (int j = 0; j < size; j++) {
                    mean[j] += covariance[i][j] / members.size();
                }
            }
            for (int i : members) {
                for (int j = 0; j < size; j++) {
                    covariance[i][j] -= mean[j];
                }
            }
        }
        for (int g = 0; g < count(); g++) {
            int[] members = members(g).stream().mapToInt(Integer::intValue).toArray();
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
        for (int g = 0; g < count(); g++) {
            List<Integer> members = members(g);
            double scale = members.stream()
                            .mapToDouble(i -> information[i][i])
                            .average()
                            .orElse(0)
                    / members.size();
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

    /** Strongly connected components by Tarjan's algorithm, without recursion: a chain of ten thousand items is no reason to fail. */
    private static final class Components {
        private final List<List<Integer>> edges;
        private final int[] number;
        private final int[] lowest;
        private final int[] component;
        private final Deque<Integer> open = new ArrayDeque<>();
        private int met;
        private int finished;

        Components(List<List<Integer>> edges) {
            this.edges = edges;
            this.number = new int[edges.size()];
            this.lowest = new int[edges.size()];
            this.component = new int[edges.size()];
            Arrays.fill(component, -1);
        }

        /** Components are finished from the bottom up; in reverse order, winners come first. */
        int[] found() {
            for (int i = 0; i < edges.size(); i++) {
                if (number[i] == 0) {
                    walk(i);
                }
            }
            return Arrays.stream(component).map(c -> finished - 1 - c).toArray();
        }

        private void walk(int root) {
            Deque<int[]> path = new ArrayDeque<>();
            enter(root, path);
            while (!path.isEmpty()) {
                int[] step = path.peek();
                int i = step[0];
                if (step[1] < edges.get(i).size()) {
                    int j = edges.get(i).get(step[1]++);
                    if (number[j] == 0) {
                        enter(j, path);
                    } else if (component[j] < 0) {
                        lowest[i] = Math.min(lowest[i], number[j]);
                    }
                } else {
                    path.pop();
                    if (!path.isEmpty()) {
                        int parent = path.element()[0];
                        lowest[parent] = Math.min(lowest[parent], lowest[i]);
                    }
                    if (lowest[i] == number[i]) {
                        finish(i);
                    }
                }
            }
        }

        private void enter(int i, Deque<int[]> path) {
            number[i] = ++met;
            lowest[i] = met;
            open.push(i);
            path.push(new int[] {i, 0});
        }

        private void finish(int root) {
            int i;
            do {
                i = open.pop();
                component[i] = finished;
            } while (i != root);
            finished++;
        }
    }
}
