package org.thurstone.train.example;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.model.TokenTree;

/**
 * An example as a trainer takes it: tokens in trees, the leaves of which are its completions, in order. Leaves beyond those that were judged are
 * samples, for losses that look at such.
 */
public sealed interface TrainingExample permits TrainingPair, TrainingSingle, TrainingList, TrainingDemonstration {

    /** Unique in its data set; named when something is wrong with it. */
    String id();

    /** Usually one; several where completions answer different prompts. */
    List<TokenTree> trees();

    /** The weight of the example in the loss, at least 0. */
    double weight();

    ExampleKind kind();

    /**
     * The same with further completions of its prompt, which no one judged: leaves that come after its own.
     *
     * @param samples tokens of each, at least one; its end token included
     */
    TrainingExample withSamples(List<int[]> samples);

    /** The number of completions that were judged. */
    default int judged() {
        return switch (this) {
            case TrainingPair p -> 2;
            case TrainingList l -> l.values().size();
            case TrainingSingle s -> 1;
            case TrainingDemonstration d -> 1;
        };
    }

    /** The number of leaves, samples included. */
    default int leaves() {
        int leaves = 0;
        for (TokenTree tree : trees()) {
            leaves += tree.leaves().length;
        }
        return leaves;
    }

    /** The number of its completions that are samples. */
    default int samples() {
        return leaves() - judged();
    }

    /** A tree with branches added at its trunk. */
    static TokenTree branched(TokenTree tree, List<int[]> samples) {
        List<TokenTree.Segment> segments = new ArrayList<>(tree.segments());
        samples.forEach(s -> segments.add(TokenTree.Segment.scored(0, s)));
        return new TokenTree(segments);
    }

    /** Tokens to compute. */
    default int size() {
        int size = 0;
        for (TokenTree tree : trees()) {
            size += tree.size();
        }
        return size;
    }

    /** Tokens of its longest tree. */
    default int longest() {
        int longest = 0;
        for (TokenTree tree : trees()) {
            longest = Math.max(longest, tree.size());
        }
        return longest;
    }

    /** Tokens whose log-probabilities it needs. */
    default int scoredCount() {
        int count = 0;
        for (TokenTree tree : trees()) {
            count += tree.scoredCount();
        }
        return count;
    }

    /** Refuses trees that do not have the completions that an example of this kind has, and weights that are none. */
    static List<TokenTree> checked(String id, List<TokenTree> trees, int completions, double weight) {
        int leaves = trees.stream().mapToInt(t -> t.leaves().length).sum();
        if (leaves < completions) {
            throw new IllegalArgumentException(
                    "example " + id + " has " + leaves + " completions where " + completions + " are needed");
        }
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight " + weight + " of example " + id + " is not a finite number of at least 0");
        }
        return List.copyOf(trees);
    }
}
