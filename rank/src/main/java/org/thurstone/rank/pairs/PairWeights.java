package org.thurstone.rank.pairs;

import java.util.Arrays;

/**
 * What each battle of a pair counts, whichever side the items are on. {@linkplain #inverse Inverse-sampling weights} let each pair count the same, however
 * often it was drawn: where the model is only roughly right, the ratings then do not depend on which pairs were sampled more often.
 *
 * @param pairs keys of unordered pairs, in ascending order
 * @param factors what the weight of a battle of each pair is multiplied by
 */
record PairWeights(long[] pairs, double[] factors) {

    /**
     * Weights of one over the battles of the pair, scaled so that the mean weight of a battle stays what it was.
     *
     * @param least a pair of fewer battles counts as one of so many, because a weight that grows without end leaves all to chance; above 0
     */
    static PairWeights inverse(Cells cells, double least) {
        int n = cells.count();
        long[] keys = new long[n];
        for (int c = 0; c < n; c++) {
            keys[c] = key(cells.left()[c], cells.right()[c]);
        }
        long[] pairs = Arrays.stream(keys).sorted().distinct().toArray();
        double[] battles = new double[pairs.length];
        for (int c = 0; c < n; c++) {
            battles[Arrays.binarySearch(pairs, keys[c])] +=
                    cells.weights()[0][c] + cells.weights()[1][c] + cells.weights()[2][c];
        }
        double all = 0;
        double weighted = 0;
        double[] factors = new double[pairs.length];
        for (int p = 0; p < pairs.length; p++) {
            factors[p] = 1 / Math.max(battles[p], least);
            all += battles[p];
            weighted += factors[p] * battles[p];
        }
        for (int p = 0; p < pairs.length; p++) {
            factors[p] *= all / weighted;
        }
        return new PairWeights(pairs, factors);
    }

    private static long key(int left, int right) {
        return ((long) Math.min(left, right) << 32) | Math.max(left, right);
    }

    /** The same battles with these weights. */
    Cells on(Cells cells) {
        double[][] weights = new double[3][cells.count()];
        double[][] squares = new double[3][cells.count()];
        for (int c = 0; c < cells.count(); c++) {
            double factor = factors[Arrays.binarySearch(pairs, key(cells.left()[c], cells.right()[c]))];
            for (int o = 0; o < 3; o++) {
                weights[o][c] = factor * cells.weights()[o][c];
                squares[o][c] = factor * factor * cells.squares()[o][c];
            }
        }
        return new Cells(
                cells.items(), cells.left(), cells.right(), weights, squares, cells.covariates(), cells.values());
    }
}
