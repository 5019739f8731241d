package org.thurstone.worlds.bandit;

import java.util.List;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingDemonstration;
import org.thurstone.train.example.TrainingList;

/** Converts listed or demonstrated responses to training examples. */
public final class Examples {

    private Examples() {}

    /** A response to imitate. */
    public static TrainingDemonstration shown(int prompt, int response, double weight) {
        return new TrainingDemonstration(
                prompt + ": " + response, TokenTree.of(new int[] {prompt}, new int[] {response}), weight);
    }

    /** Several responses, each with what it is worth. */
    public static TrainingList list(int prompt, List<Integer> responses, List<Double> values) {
        int[][] leaves = responses.stream().map(y -> new int[] {y}).toArray(int[][]::new);
        return new TrainingList(
                prompt + ": " + responses, List.of(TokenTree.of(new int[] {prompt}, leaves)), values, 1);
    }
}
