package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.List;
import org.thurstone.rank.certainty.Groups;

/**
 * The maximum-likelihood strengths, and the curvature of the likelihood there.
 *
 * @param likelihood of the cells within groups
 * @param parameters strengths with mean zero in each group, then covariate effects, then the tie parameter
 */
record PairFit(PairLikelihood likelihood, Groups groups, double[] parameters) {

    /** Fits, by Newton's method from a start or by minorisation from nothing. */
    static PairFit of(PairLikelihood likelihood, Groups groups, Solver solver) {
        double[] start = new double[likelihood.parameters()];
        shares(likelihood.cells(), start);
        if (likelihood.response().ties()) {
            double total = likelihood.cells().total();
            double ties = Math.max(0.5, Math.min(total - 0.5, likelihood.cells().ties())) / Math.max(1, total);
            start[start.length - 1] = likelihood.response().tieParameter(Math.min(0.9, ties));
        }
        return from(likelihood, groups, solver, start);
    }

    /** The log-odds of each item's share of wins: against even opponents that is its strength, and Newton's steps are fewer. */
    private static void shares(Cells cells, double[] start) {
        int n = cells.items().size();
        double[] won = new double[n];
        double[] met = new double[n];
        for (int c = 0; c < cells.count(); c++) {
            double left = cells.weights()[0][c] + cells.weights()[2][c] / 2;
            double right = cells.weights()[1][c] + cells.weights()[2][c] / 2;
            won[cells.left()[c]] += left;
            won[cells.right()[c]] += right;
            met[cells.left()[c]] += left + right;
            met[cells.right()[c]] += left + right;
        }
        for (int i = 0; i < n; i++) {
            start[i] = Math.log((won[i] + 0.5) / (met[i] - won[i] + 0.5));
        }
    }

    /** Fits votes much like others, by Newton's method from their maximum. */
    static PairFit near(PairLikelihood likelihood, Groups groups, double[] start) {
        return new PairFit(likelihood, groups, PairNewton.climbNear(likelihood, groups, start));
    }

    static PairFit from(PairLikelihood likelihood, Groups groups, Solver solver, double[] start) {
        double[] p = switch (solver) {
            case NEWTON -> PairNewton.climb(likelihood, groups, start);
            case MM -> MinorizeMaximize.climb(likelihood, groups);
        };
        return new PairFit(likelihood, groups, p);
    }

    int items() {
        return likelihood.items();
    }

    /** Strengths with mean zero in each group. */
    double[] strengths() {
        double[] theta = Arrays.copyOf(parameters, items());
        groups.centre(theta);
        return theta;
    }

    List<String> covariates() {
        return likelihood.cells().covariates();
    }

    double effect(int covariate) {
        return parameters[items() + covariate];
    }

    double tie() {
        return likelihood.response().ties() ? parameters[parameters.length - 1] : 0;
    }
}
