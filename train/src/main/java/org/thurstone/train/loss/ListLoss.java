package org.thurstone.train.loss;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/** A loss over several completions of a prompt at once. */
public non-sealed interface ListLoss extends Loss {

    /**
     * The loss of each example of the batch.
     *
     * @return (n)
     */
    Tensor each(ListBatch batch);

    @Override
    default Set<ExampleKind> accepts() {
        return Set.of(ExampleKind.LIST);
    }

    @Override
    default Tensor on(Batch batch) {
        if (batch instanceof ListBatch fitting) {
            return each(fitting);
        }
        throw refusal(batch.kind());
    }
}
