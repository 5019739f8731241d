package org.thurstone.rank.pairs;

/**
 * The penalised log-likelihood of strengths, covariate effects and the tie parameter, with its derivatives. Parameters stand in this
 * order: a strength for each item, an effect for each covariate, the tie parameter if ties are modelled.
 */
final class PairLikelihood {

    private final Cells cells;
    private final Response response;
    private final Prior prior;
    private final double[] pull;
    private final int n;
    private final int k;

    PairLikelihood(Cells cells, Response response, Prior prior) {
        this(cells, response, prior, new double[cells.items().size()]);
    }

    /** @param pull added to the slope at each item; see {@link Prior#pull} */
    PairLikelihood(Cells cells, Response response, Prior prior, double[] pull) {
        this.pull = pull;
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
        return sum + logLikelihood(p);
    }

    /** Without the prior. */
    double logLikelihood(double[] p) {
        double[] out = new double[Response.SIZE];
        double[] sums = new double[Response.SIZE];
        double tie = tie(p);
        double sum = 0;
        for (int c = 0; c < cells.count(); c++) {
            double delta = delta(c, p);
            response.sum(delta, tie, cells.weights(), c, out, sums);
            sum += sums[Response.LOG];
        }
        return sum;
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
     * The sum of squared scores of single battles, which a sandwich variance is filled with; its lower triangle. A prior is one more
     * observation of each strength, and the scatter of its score is its information.
     */
    double[][] scatter(double[] p) {
        int size = parameters();
        double[][] scatter = new double[size][size];
        for (int i = 0; i < n; i++) {
            scatter[i][i] -= prior.bend(p[i]);
        }
        double[] out = new double[Response.SIZE];
        double tie = tie(p);
        for (int c = 0; c < cells.count(); c++) {
            double delta = delta(c, p);
            double dd = 0;
            double dt = 0;
            double tt = 0;
            for (int o = 0; o < 3; o++) {
                double square = cells.squares()[o][c];
                if (square > 0) {
                    response.at(delta, tie, o, out);
                    dd += square * out[Response.BY_DELTA] * out[Response.BY_DELTA];
                    dt += square * out[Response.BY_DELTA] * out[Response.BY_TIE];
                    tt += square * out[Response.BY_TIE] * out[Response.BY_TIE];
                }
            }
            outer(c, dd, dt, tt, scatter);
        }
        return scatter;
    }

    /** The score of one battle of a cell: the gradient of its log-probability by delta, and by the tie parameter. */
    double[] score(int cell, int outcome, double[] p) {
        double[] out = new double[Response.SIZE];
        response.at(delta(cell, p), tie(p), outcome, out);
        return out;
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
