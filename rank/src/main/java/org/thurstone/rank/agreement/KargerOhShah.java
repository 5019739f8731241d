package org.thurstone.rank.agreement;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * True labels of two kinds by message passing between items and annotators (Karger, Oh and Shah 2011): an annotator's message to an item is their
 * reliability on the other items, and an item's message to an annotator is the weighted vote of the other annotators.
 *
 * @param score of each item: positive for the second label of the order; its size is no probability
 * @param reliability of each annotator, up to a common factor: 0 for chance, negative if the opposite of the label is more often right
 */
public record KargerOhShah(double[] score, double[] reliability) {

    private static final int ITERATIONS = 100;

    /**
     * Passes messages.
     *
     * @param labels of two categories
     * @param random for the first messages, which are normal with mean 1 and variance 1
     * @throws IllegalArgumentException if there are not two categories
     */
    public static KargerOhShah fit(Labels labels, RandomGenerator random) {
        if (labels.categories().size() != 2) {
            throw new IllegalArgumentException("the method of Karger, Oh and Shah needs two labels, not "
                    + labels.categories().size());
        }
        int edges = labels.size();
        double[] toItem = new double[edges];
        double[] toAnnotator = new double[edges];
        for (int n = 0; n < edges; n++) toItem[n] = 1 + random.nextGaussian();
        double[] score = new double[labels.items().size()];
        double[] reliability = new double[labels.annotators().size()];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            score = sums(labels, toItem, labels.item(), score.length);
            for (int n = 0; n < edges; n++) toAnnotator[n] = score[labels.item()[n]] - sign(labels, n) * toItem[n];
            scale(toAnnotator);
            reliability = sums(labels, toAnnotator, labels.annotator(), reliability.length);
            for (int n = 0; n < edges; n++)
                toItem[n] = reliability[labels.annotator()[n]] - sign(labels, n) * toAnnotator[n];
            scale(toItem);
        }
        return new KargerOhShah(sums(labels, toItem, labels.item(), score.length), reliability);
    }

    private static int sign(Labels labels, int n) {
        return labels.category()[n] == 1 ? 1 : -1;
    }

    private static double[] sums(Labels labels, double[] messages, int[] to, int size) {
        double[] sums = new double[size];
        for (int n = 0; n < messages.length; n++) sums[to[n]] += sign(labels, n) * messages[n];
        return sums;
    }

    /** Only the ratios of messages matter, and without a bound they overflow. */
    private static void scale(double[] messages) {
        double most = Arrays.stream(messages).map(Math::abs).max().orElse(0);
        if (most > 0) for (int n = 0; n < messages.length; n++) messages[n] /= most;
    }

    /** The labels of each item: both if the score is 0. */
    public int[][] labels() {
        return Arrays.stream(score)
                .mapToObj(s -> s > 0 ? new int[] {1} : s < 0 ? new int[] {0} : new int[] {0, 1})
                .toArray(int[][]::new);
    }
}
