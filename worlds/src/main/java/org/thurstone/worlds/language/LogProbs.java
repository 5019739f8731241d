package org.thurstone.worlds.language;

import java.util.List;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Workers;
import org.thurstone.worlds.language.scoring.Batches;

/** Log-probabilities of whole completions. */
final class LogProbs {

    /** Tokens of one forward pass. */
    private static final int TOKENS = 8192;

    private LogProbs() {}

    /** For each tree, for each of its leaves in order: the sum of the log-probabilities of the leaf's own scored tokens. */
    static double[] ofLeaves(Policy policy, List<TokenTree> trees) {
        int[] first = new int[trees.size() + 1];
        for (int i = 0; i < trees.size(); i++) {
            first[i + 1] = first[i] + trees.get(i).leaves().length;
        }
        double[] sums = new double[first[trees.size()]];
        Workers.each(Batches.of(trees, TOKENS), batch -> sum(policy, trees, batch, first, sums));
        return sums;
    }

    private static void sum(Policy policy, List<TokenTree> trees, List<Integer> batch, int[] first, double[] sums) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            double[] logProbs = policy.forward(batch.stream().map(trees::get).toList(), false)
                    .logProbs()
                    .toDoubles();
            int at = 0;
            for (int i : batch) {
                TokenTree tree = trees.get(i);
                double[] bySegment = new double[tree.segments().size()];
                for (int s = 0; s < bySegment.length; s++) {
                    int count = tree.segments().get(s).scored().cardinality();
                    for (int k = 0; k < count; k++) {
                        bySegment[s] += logProbs[at++];
                    }
                }
                int[] leaves = tree.leaves();
                for (int leaf = 0; leaf < leaves.length; leaf++) {
                    sums[first[i] + leaf] = bySegment[leaves[leaf]];
                }
            }
        }
    }
}
