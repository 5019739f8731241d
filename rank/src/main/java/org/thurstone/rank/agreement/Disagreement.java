package org.thurstone.rank.agreement;

import java.util.List;
import java.util.Set;

/** The distance of two labels, for Krippendorff's alpha: 0 for the same. */
public enum Disagreement {
    /** Any two different labels are equally far apart. */
    NOMINAL,
    /** Labels are ranks; far apart is what has many labels between it. */
    ORDINAL,
    /** Labels are numbers on a scale; the squared difference counts. */
    INTERVAL,
    /** Labels are numbers of at least 0 on a scale with a zero; the difference counts in relation to the sum. */
    RATIO,
    /** Labels are sets; one minus the share of common elements counts (Jaccard 1912). */
    JACCARD,
    /**
     * Labels are sets; as {@link #JACCARD}, but the similarity of a set and its subset counts two thirds, and that of sets that only overlap one
     * third (MASI; Passonneau 2006).
     */
    MASI;

    /**
     * The squared distances between categories, categories × categories; of sets the distances themselves.
     *
     * @param totals how often each category was used, for {@link #ORDINAL}
     * @throws IllegalArgumentException if the distance needs numbers and a category is not one, or an order and there is none
     */
    double[][] squared(LabelOrder order, double[] totals) {
        if (this == ORDINAL && !order.isKnown()) {
            throw new IllegalArgumentException("the order of the labels " + order.text()
                    + " is not known, and ordinal distances need it: name them from lowest to highest with --scale "
                    + String.join(",", order.labels()) + ", or use --distance nominal");
        }
        List<String> categories = order.labels();
        int k = categories.size();
        double[][] d = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                String first = categories.get(a);
                String second = categories.get(b);
                d[a][b] = switch (this) {
                    case NOMINAL -> 1;
                    case ORDINAL -> square(between(totals, a, b));
                    case INTERVAL -> square(number(first) - number(second));
                    case RATIO -> square((size(first) - size(second)) / (size(first) + size(second)));
                    // As Passonneau and NLTK have them, the distances of sets are not squared.
                    case JACCARD -> 1 - jaccard(LabelCells.parts(first), LabelCells.parts(second));
                    case MASI -> 1 - masi(LabelCells.parts(first), LabelCells.parts(second));
                };
                d[b][a] = d[a][b];
            }
        }
        return d;
    }

    private static double between(double[] totals, int a, int b) {
        double sum = 0;
        for (int c = a; c <= b; c++) sum += totals[c];
        return sum - (totals[a] + totals[b]) / 2;
    }

    private static double square(double far) {
        return far * far;
    }

    private static double jaccard(Set<String> a, Set<String> b) {
        long common = a.stream().filter(b::contains).count();
        return (double) common / (a.size() + b.size() - common);
    }

    private static double masi(Set<String> a, Set<String> b) {
        boolean isNested = a.containsAll(b) || b.containsAll(a);
        return jaccard(a, b) * (isNested ? 2.0 / 3 : 1.0 / 3);
    }

    /** Whether the labels are sets. */
    public boolean isOfSets() {
        return this == JACCARD || this == MASI;
    }

    private static double size(String category) {
        double value = number(category);
        if (value < 0) {
            throw new IllegalArgumentException(
                    "the label " + category + " is below 0, and ratio distances need a zero: interval would do");
        }
        return value;
    }

    private static double number(String category) {
        if (!LabelOrder.isNumber(category)) {
            throw new IllegalArgumentException("the label '" + category
                    + "' is not a number, and interval and ratio distances need numbers: nominal or ordinal would do");
        }
        return Double.parseDouble(category);
    }
}
