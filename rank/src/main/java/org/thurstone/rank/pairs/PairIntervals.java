package org.thurstone.rank.pairs;

import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;

/** Intervals of the strengths of a fit. */
final class PairIntervals {

    private PairIntervals() {}

    /**
     * The covariance of all parameters, strengths taken about the mean of their group: the inverse information, or that around the
     * scatter of single battles' scores (Huber's sandwich, which holds where the model is only roughly right).
     */
    static double[][] covariance(PairFit fit, boolean sandwich) {
        PairLikelihood likelihood = fit.likelihood();
        double[][] information = likelihood.at(fit.parameters()).information();
        double[][] inverse = Cholesky.of(PairNewton.held(information, likelihood, fit.groups()))
                .inverse();
        fit.groups().centre(inverse);
        if (!sandwich) {
            return inverse;
        }
        double[][] scatter = likelihood.scatter(fit.parameters());
        mirror(scatter);
        return Matrices.sandwich(inverse, scatter);
    }

    private static void mirror(double[][] lower) {
        for (int i = 0; i < lower.length; i++) {
            for (int j = 0; j < i; j++) {
                lower[j][i] = lower[i][j];
            }
        }
    }
}
