package org.thurstone.train.online.method;

/**
 * The indexes of the best and the worst of several values. Among equal values the best is the first and the worst the last, so that the two differ.
 */
final class Extremes {

    private Extremes() {}

    static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    static int worst(double[] values) {
        int worst = 0;
        for (int i = 1; i < values.length; i++) {
            worst = values[i] <= values[worst] ? i : worst;
        }
        return worst;
    }
}
