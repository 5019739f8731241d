package org.thurstone.train.loss.link;

import org.thurstone.tensor.Tensor;

/** Softmaxes over lists of which some are shorter than others. */
final class MaskedSoftmax {

    /** The score of what is not there: and not −∞, whose gradient is NaN where a whole row is left out. */
    static final double NEVER = -1e30;

    private MaskedSoftmax() {}

    /**
     * Logarithms of the softmax of each row, over what is there; 0 for what is not.
     *
     * @param scores (n, completions)
     * @param missing the same shape, true where nothing is
     */
    static Tensor logSoftmax(Tensor scores, Tensor missing) {
        return scores.maskedFill(missing, NEVER).logSoftmax(1).maskedFill(missing, 0);
    }
}
