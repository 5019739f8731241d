package org.thurstone.train.example;

import java.util.List;
import org.thurstone.data.Demonstration;
import org.thurstone.model.TokenTree;

/**
 * A demonstration as a training example.
 *
 * @param tree with one leaf
 */
public record TrainingDemonstration(String id, TokenTree tree, double weight) implements TrainingExample {

    public TrainingDemonstration {
        TrainingExample.checked(id, List.of(tree), 1, weight);
    }

    public static TrainingDemonstration of(String id, Demonstration demonstration, TokenTree tree) {
        return new TrainingDemonstration(id, tree, demonstration.provenance().weight());
    }

    @Override
    public List<TokenTree> trees() {
        return List.of(tree);
    }

    @Override
    public TrainingDemonstration withSamples(List<int[]> samples) {
        return new TrainingDemonstration(id, TrainingExample.branched(tree, samples), weight);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.DEMONSTRATION;
    }
}
