package org.thurstone.train.loss;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * A batch of single labelled completions.
 *
 * @param completions n rows
 * @param value (n): the label: 1 desirable, 0 undesirable, between them a probability; or a score where the loss takes scores
 * @param weight (n): how much each counts; the trainer multiplies by it
 * @param context which completions these are
 */
public record SingleBatch(Sequences completions, Tensor value, Tensor weight, Context context) implements Batch {

    public SingleBatch {
        if (value.count() != completions.count() || weight.count() != completions.count()) {
            throw new IllegalArgumentException(completions.count() + " completions with " + value.count()
                    + " values and " + weight.count() + " weights");
        }
    }

    /** A batch with weight 1 and no signals. */
    public static SingleBatch of(Sequences completions, Tensor value) {
        return new SingleBatch(completions, value, completions.constant(1), Context.alone(completions.count()));
    }

    public SingleBatch withContext(Context newContext) {
        return new SingleBatch(completions, value, weight, newContext);
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
