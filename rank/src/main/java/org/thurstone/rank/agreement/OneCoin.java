package org.thurstone.rank.agreement;

import java.util.Arrays;

/**
 * True labels and each annotator's accuracy: an annotator is right with one probability, whatever the true label, and where wrong gives any other label with
 * equal probability. The model of Dawid and Skene (1979) with one parameter per annotator, by expectation–maximisation from the majority's opinion.
 *
 * @param posterior of each item's true label, items × categories
 * @param prior of the true labels, by category
 * @param accuracy the probability that each annotator is right
 * @param logLikelihood of the labels, in nats, with the prior of the smoothing added
 */
public record OneCoin(double[][] posterior, double[] prior, double[] accuracy, double logLikelihood, int iterations) {

    private static final int MOST_ITERATIONS = 2000;
    private static final double NEAR = 1e-10;

    /**
     * Fits the model.
     *
     * @param smoothing pseudo-counts, as of {@link DawidSkene#fit}; 0 is maximum likelihood
     * @param gold the true labels of some items, which are fixed
     */
    public static OneCoin fit(Labels labels, double smoothing, TrueLabels gold) {
        int k = labels.categories().size();
        int[] known = gold.indices(labels);
        double[][] posterior = Posteriors.shares(labels, known);
        double last = Double.NEGATIVE_INFINITY;
        for (int iteration = 1; ; iteration++) {
            double[] prior = new double[k];
            Arrays.fill(prior, smoothing / (posterior.length + smoothing * k));
            for (double[] item : posterior) {
                for (int c = 0; c < k; c++) prior[c] += item[c] / (posterior.length + smoothing * k);
            }
            double[] accuracy = accuracy(labels, posterior, smoothing, k);
            double now = expect(labels, prior, accuracy, posterior, known) + penalty(prior, accuracy, smoothing);
            if (now - last <= NEAR * Math.abs(now) || iteration == MOST_ITERATIONS) {
                return new OneCoin(posterior, prior, accuracy, now, iteration);
            }
            last = now;
        }
    }

    private static double[] accuracy(Labels labels, double[][] posterior, double smoothing, int k) {
        double[] right = new double[labels.annotators().size()];
        double[] all = new double[right.length];
        Arrays.fill(right, smoothing);
        Arrays.fill(all, smoothing * k);
        for (int n = 0; n < labels.size(); n++) {
            right[labels.annotator()[n]] += posterior[labels.item()[n]][labels.category()[n]];
            all[labels.annotator()[n]]++;
        }
        for (int a = 0; a < right.length; a++) right[a] = Math.min(1, right[a] / all[a]);
        return right;
    }

    /** Overwrites the posterior; returns the log-likelihood. */
    private static double expect(Labels labels, double[] prior, double[] accuracy, double[][] posterior, int[] known) {
        int k = prior.length;
        double[] start = Arrays.stream(prior).map(Math::log).toArray();
        for (double[] item : posterior) System.arraycopy(start, 0, item, 0, k);
        double[] rights = Arrays.stream(accuracy).map(Math::log).toArray();
        double[] wrongs = Arrays.stream(accuracy)
                .map(p -> Math.log((1 - p) / Math.max(1, k - 1)))
                .toArray();
        for (int n = 0; n < labels.size(); n++) {
            double right = rights[labels.annotator()[n]];
            double wrong = wrongs[labels.annotator()[n]];
            double[] item = posterior[labels.item()[n]];
            for (int c = 0; c < k; c++) item[c] += c == labels.category()[n] ? right : wrong;
        }
        double total = 0;
        for (int i = 0; i < posterior.length; i++) total += Posteriors.normalise(posterior[i], known[i]);
        return total;
    }

    private static double penalty(double[] prior, double[] accuracy, double smoothing) {
        if (smoothing == 0) return 0;
        int others = prior.length - 1;
        double sum = 0;
        for (double p : prior) sum += Math.log(p);
        for (double p : accuracy) sum += Math.log(p) + (others == 0 ? 0 : others * Math.log((1 - p) / others));
        return smoothing * sum;
    }

    /** The most probable labels of each item: more than one if they are equally probable. */
    public int[][] labels() {
        return Posteriors.best(posterior);
    }
}
