package org.thurstone.train.example;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.model.TokenTree;

/**
 * A pair of completions as a training example.
 *
 * @param trees one with two leaves, or two with one each where the prompts differ; the first leaf is the chosen one
 * @param probability that the chosen one is better, in [0, 1]
 * @param margin by how much, in the units of the annotator; empty where unknown
 * @param tokenWeights how much each scored token counts, in the order of the trees' scored tokens; empty for all alike
 */
public record TrainingPair(
        String id,
        List<TokenTree> trees,
        double probability,
        double weight,
        OptionalDouble margin,
        Optional<float[]> tokenWeights)
        implements TrainingExample {

    public TrainingPair {
        trees = TrainingExample.checked(id, trees, 2, weight);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("the probability " + probability + " of pair " + id + " is outside 0…1");
        }
        int scored = trees.stream().mapToInt(TokenTree::scoredCount).sum();
        if (tokenWeights.isPresent() && tokenWeights.get().length != scored) {
            throw new IllegalArgumentException(
                    "pair " + id + " has " + scored + " scored tokens and " + tokenWeights.get().length + " weights");
        }
    }

    /** A hard label, weight 1. */
    public static TrainingPair of(String id, TokenTree tree) {
        return new TrainingPair(id, List.of(tree), 1, 1, OptionalDouble.empty(), Optional.empty());
    }

    /**
     * A comparison as {@link org.thurstone.model.text.Encoding} encodes it.
     *
     * @param trees the prompt and a branch for each completion, the chosen one first (of a tie, the left one); of two prompts a tree each. What
     *     comes after is in addition
     */
    public static TrainingPair of(String id, Comparison comparison, List<TokenTree> trees) {
        return new TrainingPair(
                id,
                trees,
                comparison.confidence(),
                comparison.provenance().weight(),
                comparison.margin(),
                Optional.empty());
    }

    /** Adds samples of the prompt of the first tree. Their tokens have weight 1. */
    @Override
    public TrainingPair withSamples(List<int[]> samples) {
        if (trees.size() > 1) {
            throw new IllegalArgumentException("pair " + id + " has two prompts: samples would be of neither");
        }
        TokenTree tree = TrainingExample.branched(trees.getFirst(), samples);
        Optional<float[]> weights = tokenWeights.map(w -> {
            float[] longer = Arrays.copyOf(w, tree.scoredCount());
            Arrays.fill(longer, w.length, longer.length, 1);
            return longer;
        });
        return new TrainingPair(id, List.of(tree), probability, weight, margin, weights);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.PAIR;
    }
}
