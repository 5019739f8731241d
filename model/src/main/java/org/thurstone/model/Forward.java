package org.thurstone.model;

import org.thurstone.tensor.Tensor;

/**
 * One forward pass, open until its gradients have been asked for. The loss is computed separately, on {@link #logProbs()} as a leaf, and its
 * gradient is passed back. One loss can therefore use several passes, and a policy can recompute what it did not keep. Statistics and states work in
 * the same way.
 */
public interface Forward {

    /** (scored tokens): log-probability of each scored token, by tree, then segment, then position. Detached from any graph. */
    Tensor logProbs();

    /** (scored tokens): a statistic that was asked for. Detached from any graph. */
    default Tensor statistic(Statistic statistic) {
        throw new IllegalStateException("this pass was not asked for " + statistic);
    }

    /** A state that was asked for, in the policy's type. Detached from any graph. */
    default Tensor states(State state) {
        throw new IllegalStateException("this pass was not asked for states " + state);
    }

    /**
     * (rows, vocabulary): log-probabilities of all tokens where the scored tokens {@code from} … {@code from + rows} stand. Computed anew each
     * time: ask for a few rows. Without gradient.
     */
    default Tensor distribution(long from, long rows) {
        throw new UnsupportedOperationException("this policy does not provide its whole distribution");
    }

    /**
     * Adds to the policy's gradients. Once per pass, within the scope in which the pass was made.
     *
     * @param gradient (scored tokens): d loss / d log-probability
     */
    void backward(Tensor gradient);

    /** Passes back the gradients of all requested outputs. */
    default void backward(OutputGradients gradients) {
        if (!gradients.statistics().isEmpty() || !gradients.states().isEmpty()) {
            throw new UnsupportedOperationException("this policy gives log-probabilities only");
        }
        gradients.logProbs().ifPresent(this::backward);
    }
}
