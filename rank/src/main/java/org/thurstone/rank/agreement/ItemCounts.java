package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How often items were given each label. Items with equal counts are one row, so that a resample of 100,000 items is a new weight for some hundred rows.
 *
 * @param counts rows × categories: how often each label was given, an annotator who was drawn several times counting as often
 * @param squares rows × categories: the same with the square of each annotator's count; {@code counts² − squares} is twice the number of pairs of different
 *     annotators that agree
 * @param weight the number of items of each row
 */
record ItemCounts(double[][] counts, double[][] squares, double[] weight) {

    /** The independent unit that a bootstrap draws with replacement. */
    interface Resampler {
        ItemCounts draw(RandomGenerator random);
    }

    static ItemCounts of(int[][] counts) {
        return grouped(counts).counts();
    }

    /** Draws items. */
    static Resampler byItem(int[][] counts) {
        Grouped all = grouped(counts);
        return random -> {
            double[] drawn = new double[all.counts().weight().length];
            for (int i = 0; i < all.row().length; i++) drawn[all.row()[random.nextInt(all.row().length)]]++;
            return new ItemCounts(all.counts().counts(), all.counts().squares(), drawn);
        };
    }

    /** Draws annotators. Two labels of an annotator who is drawn twice are no pair: a copy cannot disagree. */
    static Resampler byAnnotator(Labels labels) {
        int annotators = labels.annotators().size();
        int items = labels.items().size();
        double[] one = new double[items];
        Arrays.fill(one, 1);
        return random -> {
            int[] times = new int[annotators];
            for (int a = 0; a < annotators; a++) times[random.nextInt(annotators)]++;
            double[][] counts = new double[items][labels.categories().size()];
            double[][] squares = new double[items][labels.categories().size()];
            for (int n = 0; n < labels.size(); n++) {
                int m = times[labels.annotator()[n]];
                counts[labels.item()[n]][labels.category()[n]] += m;
                squares[labels.item()[n]][labels.category()[n]] += (double) m * m;
            }
            return new ItemCounts(counts, squares, one);
        };
    }

    private record Grouped(ItemCounts counts, int[] row) {}

    private static Grouped grouped(int[][] counts) {
        Map<List<Integer>, Integer> rows = new HashMap<>();
        List<double[]> distinct = new ArrayList<>();
        int[] row = new int[counts.length];
        double[] weight = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            int next = distinct.size();
            row[i] = rows.computeIfAbsent(Arrays.stream(counts[i]).boxed().toList(), key -> next);
            if (row[i] == next) {
                distinct.add(Arrays.stream(counts[i]).asDoubleStream().toArray());
            }
            weight[row[i]]++;
        }
        double[][] all = distinct.toArray(double[][]::new);
        return new Grouped(new ItemCounts(all, all, Arrays.copyOf(weight, all.length)), row);
    }

    /** The number of labels of a row. */
    double labels(int row) {
        return Arrays.stream(counts[row]).sum();
    }

    /** Twice the number of pairs of labels of different annotators in a row; 0 if there is no pair. */
    double pairs(int row) {
        double n = labels(row);
        return n * n - Arrays.stream(squares[row]).sum();
    }

    /** Twice the number of pairs of different annotators in a row of which both gave the label. */
    double agreeing(int row, int category) {
        return counts[row][category] * counts[row][category] - squares[row][category];
    }
}
