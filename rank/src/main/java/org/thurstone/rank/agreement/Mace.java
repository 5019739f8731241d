package org.thurstone.rank.agreement;

import java.util.Arrays;
import org.thurstone.statistics.Gamma;

/**
 * True labels and each annotator's competence (MACE; Hovy and others 2013): for each item an annotator either knows the true label and gives it, or
 * draws a label from a distribution of their own, whatever is true. By variational Bayes with the priors of the authors' program (Beta with ½ and ½ for knowing,
 * Dirichlet with 10 for guesses), from the majority's opinion; unlike the program without random restarts, so that the result does not depend on a seed.
 *
 * <p>The program takes all labels to be true equally often. Where they are not, annotators who mostly give the frequent label then look like guessers,
 * and the labels found are worse than the majority's. Here, the frequencies of the true labels are estimated, as Dawid and Skene's model does.
 *
 * @param posterior of each item's true label, items × categories
 * @param prior of the true labels, by category
 * @param competence the probability that each annotator knows the label
 * @param guesses the distribution that each annotator otherwise draws labels from, annotators × categories
 */
public record Mace(double[][] posterior, double[] prior, double[] competence, double[][] guesses, int iterations) {

    private static final int MOST_ITERATIONS = 500;
    private static final double NEAR = 1e-8;
    private static final double PRIOR = 0.5;
    private static final double PRIOR_OF_GUESSES = 10;
    private static final double PRIOR_OF_LABELS = 1;

    /**
     * Fits the model.
     *
     * @param gold the true labels of some items, which are fixed
     */
    public static Mace fit(Labels labels, TrueLabels gold) {
        int k = labels.categories().size();
        int annotators = labels.annotators().size();
        int[] known = gold.indices(labels);
        double[][] posterior = Posteriors.shares(labels, known);
        // At first, an annotator knows half of the labels and guesses evenly.
        Parameters now = Parameters.even(annotators, k);
        for (int iteration = 1; ; iteration++) {
            double[][] counts = counts(labels, posterior, now);
            double[] frequencies = frequencies(posterior, k);
            now = Parameters.variational(counts, frequencies);
            double moved = expect(labels, now, posterior, known);
            if (moved < NEAR || iteration == MOST_ITERATIONS) {
                double all = Arrays.stream(frequencies).sum();
                double[] prior = Arrays.stream(frequencies).map(f -> f / all).toArray();
                return new Mace(posterior, prior, competence(counts), guesses(counts, k), iteration);
            }
        }
    }

    /** Expected counts of each annotator: of labels that are known, then of guesses by category. */
    private static double[][] counts(Labels labels, double[][] posterior, Parameters p) {
        double[][] counts =
                new double[labels.annotators().size()][labels.categories().size() + 1];
        for (int n = 0; n < labels.size(); n++) {
            int a = labels.annotator()[n];
            int c = labels.category()[n];
            double knows = p.knows()[a];
            double known = posterior[labels.item()[n]][c] * knows / (knows + p.guesses()[a][c]);
            counts[a][0] += known;
            counts[a][c + 1] += 1 - known;
        }
        return counts;
    }

    /** How often each label is true, with the pseudo-counts of the prior. */
    private static double[] frequencies(double[][] posterior, int k) {
        double[] frequencies = new double[k];
        Arrays.fill(frequencies, PRIOR_OF_LABELS);
        for (double[] item : posterior) for (int c = 0; c < k; c++) frequencies[c] += item[c];
        return frequencies;
    }

    private static double expect(Labels labels, Parameters p, double[][] posterior, int[] known) {
        double[][] before = new double[posterior.length][];
        for (int i = 0; i < posterior.length; i++) {
            before[i] = posterior[i].clone();
            System.arraycopy(p.logPrior(), 0, posterior[i], 0, posterior[i].length);
        }
        for (int n = 0; n < labels.size(); n++) {
            int a = labels.annotator()[n];
            int said = labels.category()[n];
            double guess = p.guesses()[a][said];
            // All other categories share the factor of a guess: only the ratio matters.
            posterior[labels.item()[n]][said] += Math.log1p(p.knows()[a] / guess);
        }
        double moved = 0;
        for (int i = 0; i < posterior.length; i++) {
            Posteriors.normalise(posterior[i], known[i]);
            for (int c = 0; c < before[i].length; c++) {
                moved = Math.max(moved, Math.abs(posterior[i][c] - before[i][c]));
            }
        }
        return moved;
    }

    private static double[] competence(double[][] counts) {
        return Arrays.stream(counts)
                .mapToDouble(of -> (of[0] + PRIOR) / (Arrays.stream(of).sum() + 2 * PRIOR))
                .toArray();
    }

    private static double[][] guesses(double[][] counts, int k) {
        double[][] guesses = new double[counts.length][k];
        for (int a = 0; a < counts.length; a++) {
            double all = Arrays.stream(counts[a]).skip(1).sum() + k * PRIOR_OF_GUESSES;
            for (int c = 0; c < k; c++) guesses[a][c] = (counts[a][c + 1] + PRIOR_OF_GUESSES) / all;
        }
        return guesses;
    }

    /**
     * The parameters of all annotators.
     *
     * @param knows the weight of knowing
     * @param guesses the weight of guessing each label: the probability of guessing times that of the label
     * @param logPrior the logarithm of the weight of each true label
     */
    private record Parameters(double[] knows, double[][] guesses, double[] logPrior) {

        static Parameters even(int annotators, int k) {
            double[] knows = new double[annotators];
            double[][] guesses = new double[annotators][k];
            Arrays.fill(knows, 0.5);
            for (double[] of : guesses) Arrays.fill(of, 0.5 / k);
            return new Parameters(knows, guesses, new double[k]);
        }

        /** The exponentials of the expected logarithms under the posterior of the parameters. */
        static Parameters variational(double[][] counts, double[] frequencies) {
            int k = frequencies.length;
            double[] knows = new double[counts.length];
            double[][] guesses = new double[counts.length][k];
            for (int a = 0; a < counts.length; a++) {
                double all = Arrays.stream(counts[a]).sum();
                double guessed = all - counts[a][0];
                double total = Gamma.digamma(all + 2 * PRIOR);
                knows[a] = Math.exp(Gamma.digamma(counts[a][0] + PRIOR) - total);
                double guessing =
                        Gamma.digamma(guessed + PRIOR) - total - Gamma.digamma(guessed + k * PRIOR_OF_GUESSES);
                for (int c = 0; c < k; c++) {
                    guesses[a][c] = Math.exp(guessing + Gamma.digamma(counts[a][c + 1] + PRIOR_OF_GUESSES));
                }
            }
            return new Parameters(
                    knows,
                    guesses,
                    Arrays.stream(frequencies).map(Gamma::digamma).toArray());
        }
    }

    /** The most probable labels of each item: more than one if they are equally probable. */
    public int[][] labels() {
        return Posteriors.best(posterior);
    }
}
