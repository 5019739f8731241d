package org.thurstone.train.loss;

import java.util.Arrays;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * Several completions per prompt. Lists are padded to the longest, K; completion k of list i is row i · K + k.
 *
 * @param completions n · K rows; those that are not there have an empty mask
 * @param value (n, K): how good each is, higher is better: scores where there are scores, minus the place in a ranking otherwise
 * @param present (n, K): 1 for a completion, 0 for padding, in the type of {@code value}
 * @param weight (n): how much each list counts; the trainer multiplies by it
 * @param context which lists these are
 */
public record ListBatch(Sequences completions, Tensor value, Tensor present, Tensor weight, Context context)
        implements Batch {

    public ListBatch {
        if (value.dim() != 2
                || value.count() != completions.count()
                || !Arrays.equals(value.shape(), present.shape())
                || weight.count() != value.size(0)) {
            throw new IllegalArgumentException(completions.count() + " completions in lists of " + value + " values, "
                    + present + " of them present, and " + weight + " weights");
        }
    }

    /** Rectangular lists of weight 1. */
    public static ListBatch of(Sequences completions, Tensor value) {
        return new ListBatch(
                completions,
                value,
                Tensor.full(1, value.type(), value.device(), value.shape()),
                Tensor.full(1, value.type(), value.device(), value.size(0)),
                Context.alone(value.size(0)));
    }

    /** K: the longest list. */
    public long width() {
        return value.size(1);
    }

    /** (n, K): one number per completion, row by row, as lists. */
    public Tensor asLists(Tensor perCompletion) {
        return perCompletion.reshape(value.shape());
    }

    /** (n, 1): the place of the best completion of each list. */
    public Tensor best() {
        return value.maskedFill(present.lt(0.5), Double.NEGATIVE_INFINITY)
                .argmax(1)
                .unsqueeze(1);
    }

    @Override
    public ExampleKind kind() {
        return ExampleKind.LIST;
    }

    @Override
    public long count() {
        return value.size(0);
    }
}
