package org.thurstone.train.loss;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;

/**
 * The context of a batch: step, memory and signals.
 *
 * @param ids of its examples, in order: the memory of an example is stored under its id
 * @param memory state that a loss carries from batch to batch
 * @param drawn completions in addition to the data's, for losses that ask for them in {@link Loss#draws}
 * @param features (n, size) each: features of the examples' prompts, for losses that need them
 * @param completions further completions, for losses that need them
 */
public record Context(
        List<String> ids,
        Memory memory,
        Optional<Samples> drawn,
        Map<PromptSignal, Tensor> features,
        Map<CompletionSignal, Sequences> completions) {

    public Context {
        ids = List.copyOf(ids);
        features = Map.copyOf(features);
        completions = Map.copyOf(completions);
    }

    /** A context without signals. */
    public Context(List<String> ids, Memory memory) {
        this(ids, memory, Optional.empty(), Map.of(), Map.of());
    }

    /** The completions that the loss asked for. */
    public Samples samples() {
        return drawn.orElseThrow(() -> new IllegalArgumentException("this batch comes without samples"));
    }

    /** (n, size): the features of each example's prompt. */
    public Tensor feature(PromptSignal signal) {
        return Optional.ofNullable(features.get(signal)).orElseThrow(() -> missing(signal));
    }

    /** Further completions, one row for each example, without gradient. */
    public Sequences completions(CompletionSignal signal) {
        return Optional.ofNullable(completions.get(signal)).orElseThrow(() -> missing(signal));
    }

    private static IllegalArgumentException missing(Signal signal) {
        return new IllegalArgumentException("this batch comes without " + signal.words());
    }

    public Context withSamples(Samples samples) {
        return new Context(ids, memory, Optional.of(samples), features, completions);
    }

    public Context withFeature(PromptSignal signal, Tensor values) {
        Map<PromptSignal, Tensor> more = new HashMap<>(features);
        more.put(signal, values);
        return new Context(ids, memory, drawn, more, completions);
    }

    public Context withCompletions(CompletionSignal signal, Sequences rows) {
        Map<CompletionSignal, Sequences> more = new HashMap<>(completions);
        more.put(signal, rows);
        return new Context(ids, memory, drawn, features, more);
    }

    /** The context of a batch outside of any training: numbered examples, without memory. */
    public static Context alone(long count) {
        return new Context(
                IntStream.range(0, (int) count).mapToObj(Integer::toString).toList(), new Memory());
    }
}
