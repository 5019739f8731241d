package org.thurstone.rank.pairs;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;

/**
 * Bradley–Terry with Firth's penalty (1993): the log-likelihood plus ½·log|information|, whose maximum has no bias of first order, and is finite as
 * soon as a chain of battles, won or lost, joins all items. The penalised scores are those of votes to which every pair adds its leverage, half a win
 * for each side; leverages and strengths are found in turn.
 */
final class FirthFit {

    private static final int MOST_ROUNDS = 500;
    private static final double ENOUGH = 1e-10;
    /** Leverages need the inverse of the information in every round. */
    private static final int MOST_ITEMS = 2000;

    private FirthFit() {}

    /** The fit; its likelihood is that of the votes alone, so that its curvature is theirs. */
    static PairFit of(Cells cells, Response response) {
        if (cells.items().size() > MOST_ITEMS) {
            throw new UserError("firth is for up to " + MOST_ITEMS + " items, and there are "
                    + cells.items().size() + ": use ridge");
        }
        Groups groups = Groups.joined(cells.items().size(), cells.left(), cells.right());
        PairLikelihood votes = new PairLikelihood(cells, response, Prior.NONE);
        double[] leverages = new double[cells.count()];
        Arrays.fill(leverages, 0.5);
        double[] p = PairFit.of(with(cells, leverages, response), groups, Solver.NEWTON)
                .parameters();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] next = leverages(votes, groups, p);
            double change = 0;
            for (int c = 0; c < next.length; c++) {
                change = Math.max(change, Math.abs(next[c] - leverages[c]));
            }
            leverages = next;
            p = PairFit.from(with(cells, leverages, response), groups, Solver.NEWTON, p)
                    .parameters();
            if (change < ENOUGH) {
                return new PairFit(votes, groups, p);
            }
        }
        throw new UserError("Firth's penalty does not converge after " + MOST_ROUNDS + " rounds; use ridge");
    }

    private static PairLikelihood with(Cells cells, double[] leverages, Response response) {
        double[][] weights = {cells.weights()[0], cells.weights()[1], cells.weights()[2].clone()};
        for (int c = 0; c < leverages.length; c++) {
            weights[2][c] += leverages[c];
        }
        return new PairLikelihood(
                new Cells(
                        cells.items(),
                        cells.left(),
                        cells.right(),
                        weights,
                        cells.squares(),
                        cells.covariates(),
                        cells.values()),
                response,
                Prior.NONE);
    }

    /** The leverage of each cell: its information times the variance of its difference, which add up to the number of free parameters. */
    private static double[] leverages(PairLikelihood votes, Groups groups, double[] p) {
        Cells cells = votes.cells();
        double[][] inverse = Cholesky.of(groups.hold(votes.at(p).information())).inverse();
        int n = cells.items().size();
        int width = cells.covariates().size();
        double[] leverages = new double[cells.count()];
        double[] row = new double[p.length];
        for (int c = 0; c < leverages.length; c++) {
            double information = 0;
            for (int o = 0; o < 3; o++) {
                double weight = cells.weights()[o][c];
                information -= weight > 0 ? weight * votes.score(c, o, p)[Response.BY_DELTA_DELTA] : 0;
            }
            int[] at = new int[2 + width];
            at[0] = cells.left()[c];
            at[1] = cells.right()[c];
            row[at[0]] = 1;
            row[at[1]] = -1;
            for (int k = 0; k < width; k++) {
                at[2 + k] = n + k;
                row[n + k] = cells.values()[c * width + k];
            }
            double variance = 0;
            for (int i : at) {
                for (int j : at) {
                    variance += row[i] * inverse[i][j] * row[j];
                }
            }
            for (int i : at) {
                row[i] = 0;
            }
            leverages[c] = information * variance;
        }
        return leverages;
    }
}
