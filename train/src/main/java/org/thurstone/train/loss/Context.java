package org.thurstone.train.loss;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.Signal;

/**
 * Where a batch stands in a training.
 *
 * @param ids of its examples, in order: what is remembered of an example is remembered by its id
 * @param memory what a loss remembers from batch to batch
 * @param drawn completions beside the data's, for losses that ask for them in {@link Loss#draws}
 * @param facts (n, size) each: what is known of the examples' prompts, for losses that need it
 */
public record Context(List<String> ids, Memory memory, Optional<Samples> drawn, Map<Signal, Tensor> facts) {

    public Context {
        ids = List.copyOf(ids);
        facts = Map.copyOf(facts);
    }

    /** With nothing beside. */
    public Context(List<String> ids, Memory memory) {
        this(ids, memory, Optional.empty(), Map.of());
    }

    /** The completions that the loss asked for. */
    public Samples samples() {
        return drawn.orElseThrow(() -> new IllegalArgumentException("this batch comes without samples"));
    }

    /** (n, size): what is known of each example's prompt. */
    public Tensor fact(Signal signal) {
        Tensor fact = facts.get(signal);
        if (fact == null) {
            throw new IllegalArgumentException("this batch comes without " + signal.words());
        }
        return fact;
    }

    /** Of a batch by itself, outside of any training: numbered examples, nothing remembered. */
    public static Context alone(long count) {
        return new Context(
                IntStream.range(0, (int) count).mapToObj(Integer::toString).toList(), new Memory());
    }
}
