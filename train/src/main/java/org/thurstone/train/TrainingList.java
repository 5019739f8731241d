package org.thurstone.train;

import java.util.Collections;
import java.util.List;
import org.thurstone.data.Ranking;
import org.thurstone.model.TokenTree;
import org.thurstone.train.loss.ExampleKind;

/**
 * Several completions of a prompt.
 *
 * @param tree with a leaf for each
 * @param values how good each leaf is, higher is better, finite
 */
public record TrainingList(String id, TokenTree tree, List<Double> values, double weight) implements TrainingExample {

    public TrainingList {
        values = List.copyOf(values);
        TrainingExample.checked(id, List.of(tree), values.size(), weight);
        if (values.size() < 2 || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "list " + id + " needs two completions or more with finite values; it has " + values);
        }
    }

    /** By its scores where it has them, else by its places. */
    public static TrainingList of(String id, Ranking ranking, TokenTree tree) {
        List<Double> values = ranking.values()
                .orElseGet(() -> ranking.places().stream().map(p -> (double) -p).toList());
        return new TrainingList(id, tree, values, ranking.provenance().weight());
    }

    /** Which leaf is the best one; of equals the first. */
    int best() {
        return values.indexOf(Collections.max(values));
    }

    @Override
    public List<TokenTree> trees() {
        return List.of(tree);
    }

    @Override
    public TrainingList withSamples(List<int[]> samples) {
        return new TrainingList(id, TrainingExample.branched(tree, samples), values, weight);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.LIST;
    }
}
