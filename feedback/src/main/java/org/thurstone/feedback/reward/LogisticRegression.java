package org.thurstone.feedback.reward;

import java.util.List;
import org.thurstone.statistics.Logistic;

/**
 * The probability σ(w·x + b) that x is of the first kind.
 *
 * @param weights w
 * @param intercept b
 */
public record LogisticRegression(List<Double> weights, double intercept) {

    public LogisticRegression {
        weights = List.copyOf(weights);
    }

    /**
     * Minimises (1/n) Σ softplus(−s·(w·x + b)) + (l2/2)·|w|², s = ±1; the intercept is not shrunk.
     *
     * @param l2 above 0, which makes the minimum unique even where a plane separates the kinds
     */
    public static LogisticRegression fit(float[][] features, boolean[] labels, double l2) {
        return new LogisticFit(features, labels, l2).minimum();
    }

    /** w·x + b. */
    public double logit(float[] x) {
        double sum = intercept;
        for (int i = 0; i < x.length; i++) {
            sum += weights.get(i) * x[i];
        }
        return sum;
    }

    /** The probability, in (0, 1). */
    public double probability(float[] x) {
        return Logistic.sigmoid(logit(x));
    }
}
