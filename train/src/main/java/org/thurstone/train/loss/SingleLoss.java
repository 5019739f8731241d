package org.thurstone.train.loss;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/** A loss over single labelled completions. */
public non-sealed interface SingleLoss extends Loss {

    /**
     * The loss of each example of the batch.
     *
     * @return (n)
     */
    Tensor each(SingleBatch batch);

    @Override
    default Set<ExampleKind> accepts() {
        return Set.of(ExampleKind.SINGLE);
    }

    @Override
    default Tensor on(Batch batch) {
        if (batch instanceof SingleBatch fitting) {
            return each(fitting);
        }
        throw refusal(batch.kind());
    }
}
