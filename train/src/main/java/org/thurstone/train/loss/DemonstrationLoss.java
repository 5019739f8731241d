package org.thurstone.train.loss;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/** A loss over demonstrations. */
public non-sealed interface DemonstrationLoss extends Loss {

    /**
     * The loss of each example of the batch.
     *
     * @return (n)
     */
    Tensor each(DemonstrationBatch batch);

    /** Whether it learns other things of a comparison than its chosen completion, so that a pair does not show what it imitates. */
    default boolean recasts() {
        return false;
    }

    @Override
    default Set<ExampleKind> accepts() {
        return Set.of(ExampleKind.DEMONSTRATION);
    }

    @Override
    default Tensor on(Batch batch) {
        if (batch instanceof DemonstrationBatch fitting) {
            return each(fitting);
        }
        throw refusal(batch.kind());
    }
}
