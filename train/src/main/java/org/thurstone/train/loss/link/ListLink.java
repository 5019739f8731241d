package org.thurstone.train.loss.link;

import org.thurstone.tensor.Tensor;

/** A loss of the scaled scores of several completions of a prompt and how good they are. */
public non-sealed interface ListLink extends Link {

    /**
     * The loss of each list.
     *
     * @param scores (n, K)
     * @param values (n, K): how good each is, higher is better
     * @param present (n, K): 1 for a completion, 0 for padding
     * @return (n)
     */
    Tensor of(Tensor scores, Tensor values, Tensor present);
}
