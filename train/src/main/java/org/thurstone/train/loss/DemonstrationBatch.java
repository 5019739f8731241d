package org.thurstone.train.loss;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * A batch of demonstrations.
 *
 * @param completions n rows
 * @param weight (n): how much each counts; the trainer multiplies by it
 * @param context which completions these are
 */
public record DemonstrationBatch(Sequences completions, Tensor weight, Context context) implements Batch {

    public static DemonstrationBatch of(Sequences completions) {
        return new DemonstrationBatch(completions, completions.constant(1), Context.alone(completions.count()));
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.DEMONSTRATION;
    }

    @Override
    public long count() {
        return completions.count();
    }
}
