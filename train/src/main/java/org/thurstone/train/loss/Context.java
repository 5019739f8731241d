package org.thurstone.train.loss;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a batch stands in a training.
 *
 * @param ids of its examples, in order: what is remembered of an example is remembered by its id
 * @param memory what a loss remembers from batch to batch
 */
public record Context(List<String> ids, Memory memory) {

    public Context {
        ids = List.copyOf(ids);
    }

    /** Of a batch by itself, outside of any training: numbered examples, nothing remembered. */
    public static Context alone(long count) {
        return new Context(
                IntStream.range(0, (int) count).mapToObj(Integer::toString).toList(), new Memory());
    }
}
