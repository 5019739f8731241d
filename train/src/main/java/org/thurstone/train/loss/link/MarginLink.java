package org.thurstone.train.loss.link;

import org.thurstone.tensor.Tensor;

/** A loss of the margin z of a pair: how much higher the better completion scores than the worse one. */
public non-sealed interface MarginLink extends Link {

    /**
     * The loss where the label is hard.
     *
     * @param margin (n): z
     * @return (n)
     */
    Tensor of(Tensor margin);

    /**
     * The loss where the chosen one is better with probability p only: the expected loss, unless a link knows better.
     *
     * @param margin (n): z
     * @param swapped (n): the margin of the same pairs told the other way round; −z but for offsets that do not change sign
     * @param probability (n): p
     * @return (n)
     */
    default Tensor soft(Tensor margin, Tensor swapped, Tensor probability) {
        return probability.mul(of(margin)).add(probability.neg().add(1).mul(of(swapped)));
    }
}
