package org.thurstone.rank.agreement;

import java.util.Arrays;

/**
 * Worker agreement with aggregate (Wawa; Appen): the majority's labels, and then the majority again with each label weighted by the share of the
 * annotator's labels that the first majority has.
 *
 * @param share of the weighted labels of each item that each category has, items × categories
 * @param agreement the share of each annotator's labels that are the majority's; a tie counts as its share
 */
public record Wawa(double[][] share, double[] agreement) {

    /**
     * Weights the annotators.
     *
     * @param gold the true labels of some items, which stand for the majority there
     */
    public static Wawa fit(Labels labels, TrueLabels gold) {
        int[] known = gold.indices(labels);
        int[][] majority = Posteriors.best(Posteriors.shares(labels, known));
        double[] agreement = new double[labels.annotators().size()];
        int[] given = new int[agreement.length];
        for (int n = 0; n < labels.size(); n++) {
            int[] most = majority[labels.item()[n]];
            int said = labels.category()[n];
            given[labels.annotator()[n]]++;
            if (Arrays.stream(most).anyMatch(c -> c == said)) agreement[labels.annotator()[n]] += 1.0 / most.length;
        }
        for (int a = 0; a < given.length; a++) agreement[a] /= given[a];
        double[][] share = new double[known.length][labels.categories().size()];
        for (int n = 0; n < labels.size(); n++) {
            share[labels.item()[n]][labels.category()[n]] += agreement[labels.annotator()[n]];
        }
        for (int i = 0; i < share.length; i++) {
            double sum = Arrays.stream(share[i]).sum();
            for (int c = 0; c < share[i].length; c++) {
                // Labels of annotators who never agree with the majority have no weight: then nothing is preferred.
                share[i][c] = sum > 0 ? share[i][c] / sum : 1.0 / share[i].length;
            }
            Posteriors.fix(share[i], known[i]);
        }
        return new Wawa(share, agreement);
    }

    /** The labels of each item with the largest share: more than one if there is a tie. */
    public int[][] labels() {
        return Posteriors.best(share);
    }
}
