package org.thurstone.train.loss.offset;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.signal.Signal;

/** Added to the margin of a pair before its link, outside β. Positive lowers the required margin, negative raises it. */
public interface Offset {

    /**
     * What is added for each pair.
     *
     * @return (n)
     */
    Tensor of(PairBatch pairs);

    default Set<Signal> signals() {
        return Set.of();
    }
}
