package org.thurstone.rank.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.thurstone.data.UserError;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;
import org.thurstone.rank.linear.Matrices;

/**
 * A fit of strengths s_i = x_iᵀβ + u_i with residuals u_i ~ N(0, τ²). In terms of the pair likelihood, residuals are strengths with a normal prior, and
 * x_left − x_right are covariates of a battle with the effects β. At a given τ the maximum over both is that of the mixed-model equations, and the inverse of
 * the information there has the errors of β, the residuals' scatter included. τ itself maximises the restricted likelihood: what is left of the likelihood when
 * β, with a flat prior, and the residuals are integrated out, by Laplace's approximation (Breslow and Clayton 1993).
 *
 * @param fit of residuals and effects; features come first among the covariates, in units of their standard deviations over the items
 * @param design a row of features per item, centred and in units of their standard deviations
 * @param scales standard deviations of the features
 * @param deviation τ, in log-odds
 */
record FeatureFit(PairFit fit, double[][] design, double[] scales, double deviation) {

    /** Residuals smaller than this make no difference to any battle. */
    static final double LEAST = 0.01;

    static final double MOST = 20;

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final double NEAR = 1e-5;
    /** Each step of the search takes the cube of the items. */
    static final int MOST_ITEMS = 900;

    /**
     * Fits.
     *
     * @param cells the battles without features
     * @param names of the features
     * @param features a row per item
     * @param deviation the residuals' standard deviation; NaN to estimate it
     */
    static FeatureFit of(Cells cells, Response response, List<String> names, double[][] features, double deviation) {
        int n = features.length;
        if (n > MOST_ITEMS) {
            throw new UserError("features are for up to " + MOST_ITEMS + " items, and there are " + n);
        }
        if (n < names.size() + 2) {
            throw new UserError("there are " + n + " items and " + names.size() + " feature"
                    + (names.size() == 1 ? "" : "s") + "; their effects need at least two items more than features");
        }
        double[] scales = new double[names.size()];
        double[][] design = standardised(names, features, scales);
        requireIndependent(names, design);
        Cells with = withDifferences(cells, names, design);
        double[] start = new double[n + with.covariates().size() + (response.ties() ? 1 : 0)];
        if (response.ties()) {
            double share = Math.clamp(cells.ties() / cells.total(), 0.01, 0.9);
            start[start.length - 1] = response.tieParameter(share);
        }
        Search search = new Search(with, response, start);
        double tau = Double.isNaN(deviation)
                ? Math.exp(maximum(log -> search.restricted(Math.exp(log)), Math.log(LEAST), Math.log(MOST)))
                : deviation;
        return new FeatureFit(search.at(tau), design, scales, tau);
    }

    /** The same votes drawn again, with the residuals' standard deviation held. */
    FeatureFit again(Cells cells, List<String> names, double[] pull) {
        PairLikelihood likelihood = new PairLikelihood(
                withDifferences(cells, names, design),
                fit.likelihood().response(),
                new Prior(1 / (deviation * deviation), 1),
                pull);
        return new FeatureFit(
                PairFit.from(likelihood, fit.groups(), Solver.NEWTON, fit.parameters()), design, scales, deviation);
    }

    private static double[][] standardised(List<String> names, double[][] features, double[] scales) {
        int n = features.length;
        double[][] design = new double[n][scales.length];
        for (int k = 0; k < scales.length; k++) {
            int column = k;
            double mean = Arrays.stream(features)
                    .mapToDouble(row -> row[column])
                    .average()
                    .orElse(0);
            double squares = 0;
            for (int i = 0; i < n; i++) {
                design[i][k] = features[i][k] - mean;
                squares += design[i][k] * design[i][k];
            }
            scales[k] = Math.sqrt(squares / (n - 1));
            if (!(scales[k] > 1e-12 * Math.max(1, Math.abs(mean)))) {
                throw new UserError("the feature \"" + names.get(k) + "\" is " + features[0][k]
                        + " for every item, which says nothing; leave it out");
            }
            for (int i = 0; i < n; i++) {
                design[i][k] /= scales[k];
            }
        }
        return design;
    }

    /** By Gram and Schmidt: what is left of each feature without those before it. */
    private static void requireIndependent(List<String> names, double[][] design) {
        int n = design.length;
        List<double[]> basis = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            double[] rest = new double[n];
            for (int i = 0; i < n; i++) {
                rest[i] = design[i][k];
            }
            for (double[] b : basis) {
                double along = Matrices.dot(b, rest);
                for (int i = 0; i < n; i++) {
                    rest[i] -= along * b[i];
                }
            }
            double size = Math.sqrt(Matrices.dot(rest, rest));
            if (size < 1e-6 * Math.sqrt(n)) {
                throw new UserError(
                        "the feature \"" + names.get(k)
                                + "\" is a combination of those before it, so that their effects cannot be told apart; leave one out");
            }
            basis.add(Arrays.stream(rest).map(x -> x / size).toArray());
        }
    }

    private static Cells withDifferences(Cells cells, List<String> names, double[][] design) {
        int before = cells.covariates().size();
        int width = names.size() + before;
        double[] values = new double[cells.count() * width];
        for (int c = 0; c < cells.count(); c++) {
            for (int k = 0; k < names.size(); k++) {
                values[c * width + k] = design[cells.left()[c]][k] - design[cells.right()[c]][k];
            }
            System.arraycopy(cells.values(), c * before, values, c * width + names.size(), before);
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(cells.covariates());
        return new Cells(cells.items(), cells.left(), cells.right(), cells.weights(), cells.squares(), all, values);
    }

    /** Fits at different deviations, each from where the one before ended. */
    private static final class Search {
        private final Cells cells;
        private final Response response;
        private final Groups one;
        private double[] last;

        Search(Cells cells, Response response, double[] start) {
            this.cells = cells;
            this.response = response;
            this.one = Groups.one(cells.items().size());
            this.last = start;
        }

        PairFit at(double deviation) {
            PairLikelihood likelihood = new PairLikelihood(cells, response, new Prior(1 / (deviation * deviation), 1));
            PairFit fit = PairFit.from(likelihood, one, Solver.NEWTON, last);
            last = fit.parameters();
            return fit;
        }

        /** The logarithm of the restricted likelihood, up to a constant. */
        double restricted(double deviation) {
            PairFit fit = at(deviation);
            PairLikelihood.Point point = fit.likelihood().at(fit.parameters());
            return point.value()
                    - cells.items().size() * Math.log(deviation)
                    - Cholesky.of(point.information()).logDeterminant() / 2;
        }
    }

    /** By golden sections. */
    private static double maximum(DoubleUnaryOperator of, double from, double to) {
        double low = from;
        double high = to;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double atA = of.applyAsDouble(a);
        double atB = of.applyAsDouble(b);
        while (high - low > NEAR) {
            if (atA >= atB) {
                high = b;
                b = a;
                atB = atA;
                a = high - GOLDEN * (high - low);
                atA = of.applyAsDouble(a);
            } else {
                low = a;
                a = b;
                atA = atB;
                b = low + GOLDEN * (high - low);
                atB = of.applyAsDouble(b);
            }
        }
        return (low + high) / 2;
    }

    /** The effect of a feature, per its unit. */
    double effect(int feature) {
        return fit.effect(feature) / scales[feature];
    }

    /** What the features say of each item's strength; its mean over the items is zero. */
    double[] explained() {
        double[] explained = new double[design.length];
        for (int i = 0; i < explained.length; i++) {
            for (int k = 0; k < scales.length; k++) {
                explained[i] += design[i][k] * fit.effect(k);
            }
        }
        return explained;
    }

    /** Strengths with mean zero. */
    double[] strengths() {
        double[] strengths = explained();
        double[] residuals = fit.strengths();
        for (int i = 0; i < strengths.length; i++) {
            strengths[i] += residuals[i];
        }
        fit.groups().centre(strengths);
        return strengths;
    }

    /** The covariance of all parameters: residuals, effects, the tie parameter. */
    double[][] covariance() {
        return Cholesky.of(fit.likelihood().at(fit.parameters()).information()).inverse();
    }

    /** The covariance of strengths about their mean. */
    double[][] ofStrengths(double[][] covariance) {
        int n = design.length;
        int k = scales.length;
        double[][] of = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] row = new double[n + k];
            for (int j = 0; j < n + k; j++) {
                row[j] = covariance[i][j];
                for (int a = 0; a < k; a++) {
                    row[j] += design[i][a] * covariance[n + a][j];
                }
            }
            for (int j = 0; j < n; j++) {
                of[i][j] = row[j];
                for (int a = 0; a < k; a++) {
                    of[i][j] += design[j][a] * row[n + a];
                }
            }
        }
        fit.groups().centre(of);
        return of;
    }
}
