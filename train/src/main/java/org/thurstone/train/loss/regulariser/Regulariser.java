package org.thurstone.train.loss.regulariser;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Need;
import org.thurstone.train.loss.Sequences;

/** Added to a loss beside its link, on the better completions. */
public interface Regulariser {

    /**
     * What is added for each completion, its weight included.
     *
     * @return (n)
     */
    Tensor of(Sequences better);

    default Set<Need> needs() {
        return Set.of();
    }
}
