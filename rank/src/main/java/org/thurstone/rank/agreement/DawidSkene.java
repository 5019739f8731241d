package org.thurstone.rank.agreement;

import java.util.Arrays;

/**
 * True labels and each annotator's confusions, by expectation–maximisation from the majority's opinion (Dawid and Skene 1979). The
 * labels of an item are taken to be independent given its true one.
 *
 * @param posterior of each item's true label, items × categories
 * @param prior of the true labels, by category
 * @param confusion for each annotator the probability of giving the column's label where the row's is true
 * @param logLikelihood of the labels, in nats, with the prior of the smoothing added
 */
public record DawidSkene(
        double[][] posterior, double[] prior, double[][][] confusion, double logLikelihood, int iterations) {

    private static final int MOST_ITERATIONS = 2000;
    private static final double NEAR = 1e-10;

    /**
     * Fits the model.
     *
     * @param smoothing pseudo-counts added to every cell of every confusion matrix and to the prior; 0 is maximum likelihood, in which an
     *     annotator of few labels is believed or disbelieved without limit; 0.01 keeps that within bounds and changes little else
     */
    public static DawidSkene fit(Labels labels, double smoothing) {
        return fit(labels, smoothing, TrueLabels.NONE);
    }

    /** Fits the model with the true labels of some items fixed. */
    public static DawidSkene fit(Labels labels, double smoothing, TrueLabels gold) {
        int k = labels.categories().size();
        int[] known = gold.indices(labels);
        double[][] posterior = Posteriors.shares(labels, known);
        double last = Double.NEGATIVE_INFINITY;
        for (int iteration = 1; ; iteration++) {
            double[] prior = prior(posterior, k, smoothing);
            double[][][] confusion = confusion(labels, posterior, smoothing);
            double now = expect(labels, prior, confusion, posterior, known) + penalty(prior, confusion, smoothing);
            boolean settled = now - last <= NEAR * Math.abs(now);
            if (settled || iteration == MOST_ITERATIONS) {
                return new DawidSkene(posterior, prior, confusion, now, iteration);
            }
            last = now;
        }
    }

    private static double[] prior(double[][] posterior, int k, double smoothing) {
        double[] prior = new double[k];
        Arrays.fill(prior, smoothing);
        for (double[] item : posterior) for (int c = 0; c < k; c++) prior[c] += item[c];
        return normalised(prior);
    }

    private static double[][][] confusion(Labels labels, double[][] posterior, double smoothing) {
        int k = labels.categories().size();
        double[][][] confusion = new double[labels.annotators().size()][k][k];
        for (double[][] rows : confusion) for (double[] row : rows) Arrays.fill(row, smoothing);
        for (int n = 0; n < labels.size(); n++) {
            double[] item = posterior[labels.item()[n]];
            double[][] rows = confusion[labels.annotator()[n]];
            for (int c = 0; c < k; c++) rows[c][labels.category()[n]] += item[c];
        }
        for (double[][] rows : confusion) for (double[] row : rows) normalised(row);
        return confusion;
    }

    /** In place; what sums to nothing says nothing and becomes uniform. */
    private static double[] normalised(double[] row) {
        double sum = Arrays.stream(row).sum();
        for (int c = 0; c < row.length; c++) row[c] = sum > 0 ? row[c] / sum : 1.0 / row.length;
        return row;
    }

    /** Overwrites the posterior; returns the log-likelihood. */
    private static double expect(
            Labels labels, double[] prior, double[][][] confusion, double[][] posterior, int[] known) {
        int k = prior.length;
        double[] start = Arrays.stream(prior).map(Math::log).toArray();
        for (double[] item : posterior) System.arraycopy(start, 0, item, 0, k);
        for (int n = 0; n < labels.size(); n++) {
            double[] item = posterior[labels.item()[n]];
            double[][] rows = confusion[labels.annotator()[n]];
            for (int c = 0; c < k; c++) item[c] += Math.log(rows[c][labels.category()[n]]);
        }
        double total = 0;
        for (int i = 0; i < posterior.length; i++) total += Posteriors.normalise(posterior[i], known[i]);
        return total;
    }

    private static double penalty(double[] prior, double[][][] confusion, double smoothing) {
        if (smoothing == 0) return 0;
        double sum = 0;
        for (double p : prior) sum += Math.log(p);
        for (double[][] rows : confusion) for (double[] row : rows) for (double p : row) sum += Math.log(p);
        return smoothing * sum;
    }

    /** The most probable labels of each item: more than one if they are equally probable. */
    public int[][] labels() {
        return Posteriors.best(posterior);
    }

    /** The probability that each annotator gives the true label, over what is true how often. */
    public double[] skill() {
        double[] skill = new double[confusion.length];
        for (int a = 0; a < skill.length; a++) {
            for (int c = 0; c < prior.length; c++) skill[a] += prior[c] * confusion[a][c][c];
        }
        return skill;
    }
}
