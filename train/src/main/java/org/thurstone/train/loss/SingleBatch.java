package org.thurstone.train.loss;

import java.util.Optional;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * Completions that were judged one by one.
 *
 * @param completions n rows
 * @param value (n): what somebody said: 1 desirable, 0 undesirable, between them a probability; or a score where the loss takes scores
 * @param weight (n): how much each counts; the trainer multiplies by it
 * @param mismatched completions after prompts that are not theirs, any number of rows; only for losses that ask for them
 * @param context which completions these are
 */
public record SingleBatch(
        Sequences completions, Tensor value, Tensor weight, Optional<Sequences> mismatched, Context context)
        implements Batch {

    public SingleBatch {
        if (value.count() != completions.count() || weight.count() != completions.count()) {
            throw new IllegalArgumentException(completions.count() + " completions with " + value.count()
                    + " values and " + weight.count() + " weights");
        }
    }

    /** Weight 1, nothing beside. */
    public static SingleBatch of(Sequences completions, Tensor value) {
        return new SingleBatch(
                completions, value, completions.constant(1), Optional.empty(), Context.alone(completions.count()));
    }

    public SingleBatch withMismatched(Sequences others) {
        return new SingleBatch(completions, value, weight, Optional.of(others), context);
    }

    public SingleBatch withContext(Context newContext) {
        return new SingleBatch(completions, value, weight, mismatched, newContext);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.SINGLE;
    }

    @Override
    public long count() {
        return completions.count();
    }
}
