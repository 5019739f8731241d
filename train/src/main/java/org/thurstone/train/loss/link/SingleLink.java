package org.thurstone.train.loss.link;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.SingleValues;

/** A loss of a single completion's scaled score and its label. For pairs, the sum over both completions. */
public non-sealed interface SingleLink extends Link {

    /**
     * The loss of each completion.
     *
     * @param score (n)
     * @param label (n): 1 desirable, 0 undesirable, between them the probability of being desirable; or a score, where a link says so
     * @return (n)
     */
    Tensor of(Tensor score, Tensor label);

    /** The meaning of the label. */
    default SingleValues singleValues() {
        return SingleValues.LABELS;
    }
}
