package org.thurstone.rank.pairs;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.certainty.Groups;

/**
 * Bradley–Terry by minorisation and maximisation (Hunter 2004, Caron and Doucet 2012): each strength becomes the wins divided by the wins expected
 * per unit of strength. Convergence is slow, but it needs no matrix and increases the likelihood in each step. A tie is half a
 * win of each.
 */
final class MinorizeMaximize {

    private static final int MOST_STEPS = 1_000_000;
    private static final double ENOUGH = 1e-13;

    private MinorizeMaximize() {}

    /** Strengths, the mean of each group at zero unless a prior says where they are. */
    static double[] climb(PairLikelihood likelihood, Groups groups) {
        Cells cells = likelihood.cells();
        Prior prior = likelihood.prior();
        int n = cells.items().size();
        double[] won = Arrays.stream(likelihood.pull())
                .map(pull -> prior.gamma() - 1 + pull)
                .toArray();
        double[] met = new double[cells.count()];
        for (int c = 0; c < cells.count(); c++) {
            double tie = cells.weights()[2][c] / 2;
            won[cells.left()[c]] += cells.weights()[0][c] + tie;
            won[cells.right()[c]] += cells.weights()[1][c] + tie;
            met[c] = cells.weights()[0][c] + cells.weights()[1][c] + 2 * tie;
        }
        double[] worth = new double[n];
        Arrays.fill(worth, 1);
        double[] shared = new double[n];
        for (int step = 0; step < MOST_STEPS; step++) {
            Arrays.fill(shared, prior.rate());
            for (int c = 0; c < met.length; c++) {
                double share = met[c] / (worth[cells.left()[c]] + worth[cells.right()[c]]);
                shared[cells.left()[c]] += share;
                shared[cells.right()[c]] += share;
            }
            double change = 0;
            for (int i = 0; i < n; i++) {
                double next = shared[i] > 0 ? won[i] / shared[i] : 1;
                change = Math.max(change, Math.abs(Math.log(next / worth[i])));
                worth[i] = next;
            }
            if (change < ENOUGH) {
                double[] theta = Arrays.stream(worth).map(Math::log).toArray();
                if (prior.none()) {
                    groups.centre(theta);
                }
                return theta;
            }
        }
        throw new UserError("minorisation does not converge after " + MOST_STEPS + " steps; use --set solver=newton");
    }
}
