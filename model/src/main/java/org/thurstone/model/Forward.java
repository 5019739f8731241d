package org.thurstone.model;

import org.thurstone.tensor.Tensor;

/**
 * One forward pass, open until its gradients have been asked for. The loss is computed apart from it, on {@link #logProbs()} as a leaf, and
 * its gradient is handed back: so one loss may look at many passes at once, and a policy is free to recompute what it did not keep.
 */
public interface Forward {

    /** (scored tokens): log-probability of each scored token, by tree, then segment, then position. Detached from any graph. */
    Tensor logProbs();

    /**
     * Adds to the policy's gradients. Once per pass, within the scope in which the pass was made.
     *
     * @param gradient (scored tokens): d loss / d log-probability
     */
    void backward(Tensor gradient);
}
