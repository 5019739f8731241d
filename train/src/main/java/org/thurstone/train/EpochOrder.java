package org.thurstone.train;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The order in which an epoch visits the examples: a shuffle that depends on the seed and the epoch only, so that it can be resumed. */
final class EpochOrder {

    private EpochOrder() {}

    static int[] of(int count, long seed, int epoch) {
        // The generator of a seed is split once an epoch, so that neighbouring seeds do not share orders.
        RandomGenerator.SplittableGenerator root = (RandomGenerator.SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomGenerator random = root.split();
        for (int e = 0; e < epoch; e++) {
            random = root.split();
        }
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
