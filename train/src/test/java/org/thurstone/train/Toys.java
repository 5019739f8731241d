package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.thurstone.model.TokenTree;
import org.thurstone.train.example.TrainingDemonstration;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;

/** Ragged examples over a small vocabulary. */
final class Toys {

    static final int VOCABULARY = 8;

    private Toys() {}

    private static int[] tokens(Random random, int least, int most) {
        return random.ints(least + random.nextInt(most - least + 1), 0, VOCABULARY)
                .toArray();
    }

    static List<TrainingExample> pairs(int count, long seed, boolean soft) {
        Random random = new Random(seed);
        List<TrainingExample> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TokenTree tree = TokenTree.of(tokens(random, 1, 5), tokens(random, 1, 9), tokens(random, 1, 9));
            double probability = soft ? 0.5 + 0.5 * random.nextDouble() : 1;
            double weight = soft ? 2 * random.nextDouble() : 1;
            pairs.add(new TrainingPair(
                    "pair " + i, List.of(tree), probability, weight, OptionalDouble.empty(), Optional.empty()));
        }
        return pairs;
    }

    /** Chosen completions are of even tokens, rejected ones of odd tokens. */
    static List<TrainingExample> evenOverOdd(int count, long seed) {
        Random random = new Random(seed);
        List<TrainingExample> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] even = random.ints(3, 0, VOCABULARY / 2).map(t -> 2 * t).toArray();
            int[] odd = random.ints(4, 0, VOCABULARY / 2).map(t -> 2 * t + 1).toArray();
            pairs.add(TrainingPair.of("pair " + i, TokenTree.of(tokens(random, 1, 3), even, odd)));
        }
        return pairs;
    }

    static List<TrainingExample> singles(int count, long seed) {
        Random random = new Random(seed);
        List<TrainingExample> singles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TokenTree tree = TokenTree.of(tokens(random, 2, 5), tokens(random, 1, 9));
            singles.add(new TrainingSingle("single " + i, tree, i % 2, 0.5 + random.nextDouble()));
        }
        return singles;
    }

    static List<TrainingExample> demonstrations(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .<TrainingExample>mapToObj(i -> new TrainingDemonstration(
                        "demonstration " + i, TokenTree.of(tokens(random, 1, 5), tokens(random, 1, 9)), 1))
                .toList();
    }
}
