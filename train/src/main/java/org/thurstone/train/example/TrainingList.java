package org.thurstone.train.example;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.data.Contrast;
import org.thurstone.data.Ranking;
import org.thurstone.model.TokenTree;

/**
 * A list of completions as a training example.
 *
 * @param trees with a leaf for each completion, one tree for each prompt
 * @param values how good each leaf is, higher is better, finite
 */
public record TrainingList(String id, List<TokenTree> trees, List<Double> values, double weight)
        implements TrainingExample {

    public TrainingList {
        values = List.copyOf(values);
        trees = TrainingExample.checked(id, trees, values.size(), weight);
        if (values.size() < 2 || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "list " + id + " needs two completions or more with finite values; it has " + values);
        }
    }

    /** By its scores where it has them, else by its places. */
    public static TrainingList of(String id, Ranking ranking, TokenTree tree) {
        List<Double> values = ranking.values()
                .orElseGet(() -> ranking.places().stream().map(p -> (double) -p).toList());
        return new TrainingList(id, List.of(tree), values, ranking.provenance().weight());
    }

    /**
     * Every completion after every prompt, prompt by prompt: of value 1 after its own, 0 after another's.
     *
     * @param trees one for each prompt
     */
    public static TrainingList of(String id, Contrast contrast, List<TokenTree> trees) {
        int size = contrast.prompts().size();
        List<Double> values = IntStream.range(0, size * size)
                .mapToObj(cell -> cell % (size + 1) == 0 ? 1.0 : 0.0)
                .toList();
        return new TrainingList(id, trees, values, contrast.provenance().weight());
    }

    /** Which leaf is the best one; of equals the first. */
    public int best() {
        return values.indexOf(Collections.max(values));
    }

    @Override
    public TrainingList withSamples(List<int[]> samples) {
        if (trees.size() > 1) {
            throw new IllegalArgumentException("list " + id + " has several prompts: samples would be of none of them");
        }
        return new TrainingList(id, List.of(TrainingExample.branched(trees.getFirst(), samples)), values, weight);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.LIST;
    }
}
