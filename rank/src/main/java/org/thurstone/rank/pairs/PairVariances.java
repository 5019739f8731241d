package org.thurstone.rank.pairs;

/**
 * Variances of linear functions of the parameters at a maximum, each by the solution of a sparse system: with the information H and the scatter of the
 * scores J, that of cᵀp is uᵀJu where Hu = c. Matrices of the items' square are not needed.
 */
final class PairVariances {

    private static final int WIDTH = PairCurvature.WIDTH;

    private final PairFit fit;
    private final PairCurvature information;
    private final PairCurvature scatter;

    /** @param sandwich whether J is the observed scatter; else it is H */
    PairVariances(PairFit fit, boolean sandwich) {
        PairLikelihood likelihood = fit.likelihood();
        this.fit = fit;
        this.information = likelihood
                .along(fit.parameters(), new float[likelihood.cells().count()])
                .curvature();
        this.scatter = sandwich ? likelihood.scatterAlong(fit.parameters()) : information;
    }

    PairCurvature information() {
        return information;
    }

    PairCurvature scatter() {
        return scatter;
    }

    /**
     * The variances of single parameters, strengths taken about the mean of their group.
     *
     * @param tolerance of the solutions
     */
    double[] ofParameters(int[] parameters, double tolerance) {
        double[] all = new double[parameters.length];
        for (int from = 0; from < parameters.length; from += WIDTH) {
            int width = Math.min(WIDTH, parameters.length - from);
            double[] unit = new double[fit.likelihood().parameters() * width];
            for (int k = 0; k < width; k++) {
                unit[parameters[from + k] * width + k] = 1;
            }
            centre(unit, width);
            System.arraycopy(solve(unit, width, tolerance), 0, all, from, width);
        }
        return all;
    }

    /** The variances of differences of two strengths of one group. */
    double[] ofDifferences(int[] item, int[] other) {
        double[] all = new double[item.length];
        for (int from = 0; from < item.length; from += WIDTH) {
            int width = Math.min(WIDTH, item.length - from);
            double[] contrast = new double[fit.likelihood().parameters() * width];
            for (int k = 0; k < width; k++) {
                contrast[item[from + k] * width + k] += 1;
                contrast[other[from + k] * width + k] -= 1;
            }
            System.arraycopy(solve(contrast, width, PairNewton.EXACT), 0, all, from, width);
        }
        return all;
    }

    private double[] solve(double[] contrasts, int width, double tolerance) {
        double[] solution = information.solve(contrasts, width, tolerance);
        double[] product = new double[solution.length];
        scatter.multiply(solution, product, width);
        double[] sums = new double[width];
        for (int k = 0; k < width; k++) {
            for (int at = k; at < solution.length; at += width) {
                sums[k] += solution[at] * product[at];
            }
        }
        return sums;
    }

    /** Takes the mean of each group from the strengths of some vectors side by side. */
    void centre(double[] vectors, int width) {
        int n = fit.items();
        int[] group = fit.groups().of();
        int[] sizes = fit.groups().sizes();
        double[] means = new double[sizes.length * width];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < width; k++) {
                means[group[i] * width + k] += vectors[i * width + k] / sizes[group[i]];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < width; k++) {
                vectors[i * width + k] -= means[group[i] * width + k];
            }
        }
    }
}
