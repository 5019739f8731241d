package org.thurstone.train.loss.regulariser;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.Signal;

/** A term that is added to a loss, on the chosen completions. */
public interface Regulariser {

    /**
     * What is added for each completion, its weight included.
     *
     * @return (n)
     */
    Tensor of(Sequences better);

    default Set<Signal> signals() {
        return Set.of();
    }
}
