package org.thurstone.train.loss;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;

/**
 * A loss over pairs of completions. Most papers write the loss of a hard label, {@link #hard}; soft labels and ties are then the expected
 * loss, p · ℓ(chosen is better) + (1 − p) · ℓ(rejected is better), with chosen and rejected exchanged in the second. A loss with a treatment
 * of its own overrides {@link #each}.
 */
public non-sealed interface PairLoss extends Loss {

    /**
     * The loss of each pair for hard labels: the chosen completion is better with certainty.
     *
     * @return (n)
     */
    Tensor hard(PairBatch batch);

    /**
     * The loss of each pair under its label.
     *
     * @return (n)
     */
    default Tensor each(PairBatch batch) {
        return batch.certain() ? hard(batch) : batch.expected(hard(batch), hard(batch.swapped()));
    }

    @Override
    default Set<ExampleKind> accepts() {
        return Set.of(ExampleKind.PAIR);
    }

    @Override
    default Tensor on(Batch batch) {
        if (batch instanceof PairBatch fitting) {
            return each(fitting);
        }
        throw refusal(batch.kind());
    }
}
