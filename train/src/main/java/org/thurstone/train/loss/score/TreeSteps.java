package org.thurstone.train.loss.score;

import java.util.Arrays;
import java.util.List;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingExample;

/** The steps of completions: the segments of a tree that hold scored tokens, numbered along each path from 0. */
final class TreeSteps {

    private TreeSteps() {}

    /** For each scored token the number of its step. */
    static double[] numbers(TrainingExample example) {
        return perToken(example, TreeSteps::depths);
    }

    /** For each scored token 1 where several paths share its step, else 0. */
    static double[] shared(TrainingExample example) {
        return perToken(example, TreeSteps::shares);
    }

    private interface PerSegment {
        int[] of(TokenTree tree);
    }

    private static double[] perToken(TrainingExample example, PerSegment values) {
        double[] flat = new double[example.scoredCount()];
        int at = 0;
        for (TokenTree tree : example.trees()) {
            int[] of = values.of(tree);
            for (int s = 0; s < of.length; s++) {
                int count = tree.segments().get(s).scored().cardinality();
                Arrays.fill(flat, at, at + count, of[s]);
                at += count;
            }
        }
        return flat;
    }

    private static int[] depths(TokenTree tree) {
        List<TokenTree.Segment> segments = tree.segments();
        int[] steps = new int[segments.size()]; // on the path, this segment included
        int[] number = new int[segments.size()];
        for (int s = 0; s < steps.length; s++) {
            int before =
                    segments.get(s).parent() < 0 ? 0 : steps[segments.get(s).parent()];
            number[s] = before;
            steps[s] = before + (segments.get(s).scored().isEmpty() ? 0 : 1);
        }
        return number;
    }

    private static int[] shares(TokenTree tree) {
        List<TokenTree.Segment> segments = tree.segments();
        int[] leaves = new int[segments.size()];
        for (int leaf : tree.leaves()) {
            for (int s = leaf; s >= 0; s = segments.get(s).parent()) {
                leaves[s]++;
            }
        }
        return Arrays.stream(leaves).map(count -> count > 1 ? 1 : 0).toArray();
    }
}
