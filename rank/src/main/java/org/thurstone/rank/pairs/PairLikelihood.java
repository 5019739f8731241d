package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The penalised log-likelihood of strengths, covariate effects and the tie parameter, with its derivatives. Parameters stand in this
 * order: a strength for each item, an effect for each covariate, the tie parameter if ties are modelled.
 */
final class PairLikelihood {

    private final Cells cells;
    private final Response response;
    private final Prior prior;
    private final double[] pull;
    private final double ofEffects;
    private final int n;
    private final int k;

    PairLikelihood(Cells cells, Response response, Prior prior) {
        this(cells, response, prior, new double[cells.items().size()]);
    }

    /** @param pull added to the slope at each item; see {@link Prior#pull} */
    PairLikelihood(Cells cells, Response response, Prior prior, double[] pull) {
        this(cells, response, prior, pull, 0);
    }

    /** @param ofEffects the precision of a normal prior on the effects of covariates; 0 for none */
    PairLikelihood(Cells cells, Response response, Prior prior, double[] pull, double ofEffects) {
        this.pull = pull;
        this.ofEffects = ofEffects;
        this.cells = cells;
        this.response = response;
        this.prior = prior;
        this.n = cells.items().size();
        this.k = cells.covariates().size();
    }

    /** The value, the gradient, and minus the second derivatives (its lower triangle). */
    record Point(double value, double[] gradient, double[][] information) {}

    int items() {
        return n;
    }

    int parameters() {
        return n + k + (response.ties() ? 1 : 0);
    }

    Cells cells() {
        return cells;
    }

    Response response() {
        return response;
    }

    Prior prior() {
        return prior;
    }

    double[] pull() {
        return pull;
    }

    /** Whether a prior holds effects that the votes do not determine. */
    boolean holdsEffects() {
        return ofEffects > 0;
    }

    private double delta(int cell, double[] p) {
        double delta = p[cells.left()[cell]] - p[cells.right()[cell]];
        for (int a = 0; a < k; a++) {
            delta += cells.values()[cell * k + a] * p[n + a];
        }
        return delta;
    }

    private double tie(double[] p) {
        return response.ties() ? p[n + k] : 0;
    }

    /** The value alone. */
    double value(double[] p) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += prior.log(p[i]) + pull[i] * p[i];
        }
        for (int a = 0; a < k; a++) {
            sum -= ofEffects / 2 * p[n + a] * p[n + a];
        }
        return sum + logLikelihood(p);
    }

    /** Without the prior. */
    double logLikelihood(double[] p) {
        int parts = PairNewton.sparse(this) ? PairCurvature.parts(cells.count(), n) : 1;
        double tie = tie(p);
        return IntStream.range(0, parts)
                .parallel()
                .mapToDouble(part -> {
                    double[] out = new double[Response.SIZE];
                    double[] sums = new double[Response.SIZE];
                    double sum = 0;
                    int to = PairCurvature.from(part + 1, parts, cells.count());
                    for (int c = PairCurvature.from(part, parts, cells.count()); c < to; c++) {
                        response.sum(delta(c, p), tie, cells.weights(), c, out, sums);
                        sum += sums[Response.LOG];
                    }
                    return sum;
                })
                .sum();
    }

    Point at(double[] p) {
        int size = parameters();
        double[] gradient = new double[size];
        double[][] information = new double[size][size];
        double[] out = new double[Response.SIZE];
        double value = 0;
        for (int i = 0; i < n; i++) {
            value += prior.log(p[i]) + pull[i] * p[i];
            gradient[i] += prior.slope(p[i]) + pull[i];
            information[i][i] -= prior.bend(p[i]);
        }
        for (int a = 0; a < k; a++) {
            value -= ofEffects / 2 * p[n + a] * p[n + a];
            gradient[n + a] -= ofEffects * p[n + a];
            information[n + a][n + a] += ofEffects;
        }
        double tie = tie(p);
        double[] sum = new double[Response.SIZE];
        for (int c = 0; c < cells.count(); c++) {
            double delta = delta(c, p);
            response.sum(delta, tie, cells.weights(), c, out, sum);
            value += sum[Response.LOG];
            slope(c, sum[Response.BY_DELTA], sum[Response.BY_TIE], gradient);
            outer(
                    c,
                    -sum[Response.BY_DELTA_DELTA],
                    -sum[Response.BY_DELTA_TIE],
                    -sum[Response.BY_TIE_TIE],
                    information);
        }
        return new Point(value, gradient, information);
    }

    /**
     * The value, the gradient, and the curvature (minus the second derivatives) as sparse as the pairs.
     */
    record Slope(double value, double[] gradient, PairCurvature curvature) {}

    /**
     * What {@link #at} gives, without a matrix of the items' square.
     *
     * @param edges one per cell; overwritten, as the curvature keeps them
     */
    Slope along(double[] p, float[] edges) {
        Sums sums = summed(curvature(p), edges);
        for (int i = 0; i < n; i++) {
            sums.value += prior.log(p[i]) + pull[i] * p[i];
            sums.gradient[i] += prior.slope(p[i]) + pull[i];
            sums.diagonal[i] -= prior.bend(p[i]);
        }
        for (int a = 0; a < k; a++) {
            sums.value -= ofEffects / 2 * p[n + a] * p[n + a];
            sums.gradient[n + a] -= ofEffects * p[n + a];
            sums.border[a][n + a] += ofEffects;
        }
        return new Slope(
                sums.value,
                sums.gradient,
                new PairCurvature(cells.left(), cells.right(), edges, sums.diagonal, sums.border));
    }

    private OfCell curvature(double[] p) {
        double tie = tie(p);
        return (c, scratch, sum) -> {
            response.sum(delta(c, p), tie, cells.weights(), c, scratch, sum);
            for (int d = Response.BY_DELTA_DELTA; d < Response.SIZE; d++) {
                sum[d] = -sum[d];
            }
        };
    }

    /** The scatter of {@link #scatter}, as sparse as the pairs. */
    PairCurvature scatterAlong(double[] p) {
        double tie = tie(p);
        float[] edges = new float[cells.count()];
        Sums sums = summed((c, scratch, into) -> scatter(c, delta(c, p), tie, scratch, into), edges);
        for (int i = 0; i < n; i++) {
            sums.diagonal[i] -= prior.bend(p[i]);
        }
        for (int a = 0; a < k; a++) {
            sums.border[a][n + a] += ofEffects;
        }
        return new PairCurvature(cells.left(), cells.right(), edges, sums.diagonal, sums.border);
    }

    /** Scores as they might have been: drawn for each cell anew, with the variance of a scatter. */
    interface Scores {

        /**
         * Some drawn scores, parameters × {@link PairCurvature#WIDTH}, row by row.
         *
         * @param seed and {@code first} determine what is drawn
         * @param first how many were drawn before
         * @param normal whether scores are drawn from normal distributions, or with two values
         */
        double[] drawn(long seed, int first, boolean normal);
    }

    /**
     * Draws scores.
     *
     * @param scatter their variance
     * @param observed whether that is {@link #scatterAlong}, or the curvature
     */
    Scores scores(double[] p, PairCurvature scatter, boolean observed) {
        double tie = tie(p);
        OfCell ofCell = observed ? (c, scratch, sum) -> scatter(c, delta(c, p), tie, scratch, sum) : curvature(p);
        return (seed, first, normal) -> drawn(p, scatter, ofCell, new DrawnScores.Numbers(seed, first, normal));
    }

    private double[] drawn(double[] p, PairCurvature scatter, OfCell ofCell, DrawnScores.Numbers numbers) {
        int width = PairCurvature.WIDTH;
        int parts = PairCurvature.parts(cells.count(), n);
        double[][] sums = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> {
                    DrawnScores scores = new DrawnScores(numbers.part(part), new double[parameters() * width]);
                    double[] scratch = new double[Response.SIZE];
                    double[] one = new double[Response.SIZE];
                    int to = PairCurvature.from(part + 1, parts, cells.count());
                    for (int c = PairCurvature.from(part, parts, cells.count()); c < to; c++) {
                        scores.draw(Math.sqrt(scatter.edges()[c]));
                        scores.add(cells.left()[c], 1);
                        scores.add(cells.right()[c], -1);
                        for (int a = 0; a < k; a++) {
                            scores.add(n + a, cells.values()[c * k + a]);
                        }
                        if (response.ties()) {
                            ofCell.write(c, scratch, one);
                            double dd = one[Response.BY_DELTA_DELTA];
                            double slope = dd > 0 ? one[Response.BY_DELTA_TIE] / dd : 0;
                            scores.add(n + k, slope);
                            scores.draw(Math.sqrt(
                                    Math.max(0, one[Response.BY_TIE_TIE] - slope * one[Response.BY_DELTA_TIE])));
                            scores.add(n + k, 1);
                        }
                    }
                    return scores.sums();
                })
                .toArray(double[][]::new);
        DrawnScores all = new DrawnScores(numbers.part(parts), sums[0]);
        for (int part = 1; part < parts; part++) {
            for (int i = 0; i < sums[0].length; i++) {
                sums[0][i] += sums[part][i];
            }
        }
        for (int i = 0; i < n && !prior.none(); i++) {
            all.draw(Math.sqrt(-prior.bend(p[i])));
            all.add(i, 1);
        }
        for (int a = 0; a < k && ofEffects > 0; a++) {
            all.draw(Math.sqrt(ofEffects));
            all.add(n + a, 1);
        }
        return all.sums();
    }

    private void scatter(int c, double delta, double tie, double[] scratch, double[] into) {
        Arrays.fill(into, 0);
        for (int o = 0; o < 3; o++) {
            double square = cells.squares()[o][c];
            if (square > 0) {
                response.at(delta, tie, o, scratch);
                double byDelta = scratch[Response.BY_DELTA];
                double byTie = scratch[Response.BY_TIE];
                into[Response.BY_DELTA_DELTA] += square * byDelta * byDelta;
                into[Response.BY_DELTA_TIE] += square * byDelta * byTie;
                into[Response.BY_TIE_TIE] += square * byTie * byTie;
            }
        }
    }

    /** Writes what a cell adds: its value, its gradient and its part of a matrix, at the places that {@link Response} names. */
    @FunctionalInterface
    private interface OfCell {
        void write(int cell, double[] scratch, double[] sums);
    }

    /** What all cells add up to. */
    private final class Sums {
        private double value;
        private final double[] gradient = new double[parameters()];
        private final double[] diagonal = new double[n];
        private final double[][] border = new double[parameters() - n][];

        Sums() {
            for (int extra = 0; extra < border.length; extra++) {
                border[extra] = new double[n + extra + 1];
            }
        }

        void add(int c, double[] sum, float[] edges) {
            value += sum[Response.LOG];
            slope(c, sum[Response.BY_DELTA], sum[Response.BY_TIE], gradient);
            // Rounded first, so that rows sum to zero where the matrix's do.
            float edge = (float) sum[Response.BY_DELTA_DELTA];
            edges[c] = edge;
            int l = cells.left()[c];
            int r = cells.right()[c];
            diagonal[l] += edge;
            diagonal[r] += edge;
            if (border.length > 0) {
                border(c, edge, sum[Response.BY_DELTA_TIE], sum[Response.BY_TIE_TIE], l, r);
            }
        }

        private void border(int c, double dd, double dt, double tt, int l, int r) {
            for (int a = 0; a < k; a++) {
                double x = cells.values()[c * k + a];
                border[a][l] += dd * x;
                border[a][r] -= dd * x;
                for (int b = 0; b <= a; b++) {
                    border[a][n + b] += dd * x * cells.values()[c * k + b];
                }
            }
            if (response.ties()) {
                border[k][l] += dt;
                border[k][r] -= dt;
                for (int a = 0; a < k; a++) {
                    border[k][n + a] += dt * cells.values()[c * k + a];
                }
                border[k][n + k] += tt;
            }
        }

        void add(Sums other) {
            value += other.value;
            add(gradient, other.gradient);
            add(diagonal, other.diagonal);
            for (int extra = 0; extra < border.length; extra++) {
                add(border[extra], other.border[extra]);
            }
        }

        private static void add(double[] sum, double[] further) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += further[i];
            }
        }
    }

    /** The cells in parts, in parallel; how many parts depends on the cells alone, so that sums are always the same. */
    private Sums summed(OfCell of, float[] edges) {
        int parts = PairCurvature.parts(cells.count(), n);
        Sums[] sums = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> {
                    Sums sum = new Sums();
                    double[] scratch = new double[Response.SIZE];
                    double[] one = new double[Response.SIZE];
                    int to = PairCurvature.from(part + 1, parts, cells.count());
                    for (int c = PairCurvature.from(part, parts, cells.count()); c < to; c++) {
                        of.write(c, scratch, one);
                        sum.add(c, one, edges);
                    }
                    return sum;
                })
                .toArray(Sums[]::new);
        for (int part = 1; part < parts; part++) {
            sums[0].add(sums[part]);
        }
        return sums[0];
    }

    /**
     * The sum of squared scores of single battles, which a sandwich variance is filled with; its lower triangle. A prior is one more
     * observation of each strength, and the scatter of its score is its information.
     */
    double[][] scatter(double[] p) {
        int size = parameters();
        double[][] scatter = new double[size][size];
        for (int i = 0; i < n; i++) {
            scatter[i][i] -= prior.bend(p[i]);
        }
        for (int a = 0; a < k; a++) {
            scatter[n + a][n + a] += ofEffects;
        }
        double[] out = new double[Response.SIZE];
        double[] sum = new double[Response.SIZE];
        double tie = tie(p);
        for (int c = 0; c < cells.count(); c++) {
            scatter(c, delta(c, p), tie, out, sum);
            outer(c, sum[Response.BY_DELTA_DELTA], sum[Response.BY_DELTA_TIE], sum[Response.BY_TIE_TIE], scatter);
        }
        return scatter;
    }

    /** The score of one battle of a cell: the gradient of its log-probability by delta, and by the tie parameter. */
    double[] score(int cell, int outcome, double[] p) {
        double[] out = new double[Response.SIZE];
        response.at(delta(cell, p), tie(p), outcome, out);
        return out;
    }

    /** The product of a cell's gradient with a vector. */
    double along(int c, double byDelta, double byTie, double[] vector) {
        double product = byDelta * delta(c, vector);
        return response.ties() ? product + byTie * vector[n + k] : product;
    }

    /** Adds a cell's gradient. */
    void slope(int c, double byDelta, double byTie, double[] gradient) {
        gradient[cells.left()[c]] += byDelta;
        gradient[cells.right()[c]] -= byDelta;
        for (int a = 0; a < k; a++) {
            gradient[n + a] += byDelta * cells.values()[c * k + a];
        }
        if (response.ties()) {
            gradient[n + k] += byTie;
        }
    }

    private void outer(int c, double dd, double dt, double tt, double[][] sum) {
        int l = cells.left()[c];
        int r = cells.right()[c];
        sum[l][l] += dd;
        sum[r][r] += dd;
        sum[Math.max(l, r)][Math.min(l, r)] -= dd;
        for (int a = 0; a < k; a++) {
            double x = cells.values()[c * k + a];
            sum[n + a][l] += dd * x;
            sum[n + a][r] -= dd * x;
            for (int b = 0; b <= a; b++) {
                sum[n + a][n + b] += dd * x * cells.values()[c * k + b];
            }
        }
        if (response.ties()) {
            sum[n + k][l] += dt;
            sum[n + k][r] -= dt;
            for (int a = 0; a < k; a++) {
                sum[n + k][n + a] += dt * cells.values()[c * k + a];
            }
            sum[n + k][n + k] += tt;
        }
    }
}
