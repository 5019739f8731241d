package org.thurstone.train.example;

import java.util.List;
import org.thurstone.data.Rating;
import org.thurstone.model.TokenTree;

/**
 * A single labelled completion as a training example.
 *
 * @param tree with one leaf
 * @param value 1 desirable, 0 undesirable, between them a probability; or a score where the loss takes scores
 */
public record TrainingSingle(String id, TokenTree tree, double value, double weight) implements TrainingExample {

    public TrainingSingle {
        TrainingExample.checked(id, List.of(tree), 1, weight);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value " + value + " of example " + id + " is not a finite number");
        }
    }

    public static TrainingSingle of(String id, Rating rating, TokenTree tree) {
        return new TrainingSingle(id, tree, rating.value(), rating.provenance().weight());
    }

    @Override
    public List<TokenTree> trees() {
        return List.of(tree);
    }

    @Override
    public TrainingSingle withSamples(List<int[]> samples) {
        return new TrainingSingle(id, TrainingExample.branched(tree, samples), value, weight);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.SINGLE;
    }
}
