package org.thurstone.rank.agreement;

import java.util.List;

/** The distance of two labels: 0 for the same. */
public enum Disagreement {
    /** Any two different labels are equally far apart. */
    NOMINAL,
    /** Labels are ranks; far apart is what has many labels between it. */
    ORDINAL,
    /** Labels are numbers on a scale; the squared difference counts. */
    INTERVAL;

    /**
     * The squared distances between categories, categories × categories.
     *
     * @param totals how often each category was used, for {@link #ORDINAL}
     * @throws IllegalArgumentException if the distance needs numbers and a category is not one
     */
    double[][] squared(List<String> categories, double[] totals) {
        int k = categories.size();
        double[][] d = new double[k][k];
        for (int a = 0; a < k; a++) {
            for (int b = a + 1; b < k; b++) {
                double far = switch (this) {
                    case NOMINAL -> 1;
                    case ORDINAL -> between(totals, a, b);
                    case INTERVAL -> number(categories.get(a)) - number(categories.get(b));
                };
                d[a][b] = far * far;
                d[b][a] = far * far;
            }
        }
        return d;
    }

    private static double between(double[] totals, int a, int b) {
        double sum = 0;
        for (int c = a; c <= b; c++) sum += totals[c];
        return sum - (totals[a] + totals[b]) / 2;
    }

    private static double number(String category) {
        if (!Labels.isNumber(category)) {
            throw new IllegalArgumentException("the label '" + category
                    + "' is not a number, and interval distances need numbers: nominal or ordinal would do");
        }
        return Double.parseDouble(category);
    }
}
