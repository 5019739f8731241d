package org.thurstone.train.loss.regulariser;

import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;

/** The averaging of a number per token, such as a negative log-likelihood. */
public enum Averaging {
    /** Not at all: the sum over the tokens of a completion. */
    SUM,
    /** Over the tokens of each completion: all completions count the same. */
    COMPLETION,
    /** Over the tokens of the whole batch: all tokens count the same. */
    BATCH;

    /**
     * −log π of each completion, averaged.
     *
     * @return (n)
     */
    public Tensor negativeLogLikelihood(Sequences completions) {
        return of(completions, completions.policy()).neg();
    }

    /**
     * Some number a token, averaged.
     *
     * @param values (n, T)
     * @return (n)
     */
    public Tensor of(Sequences completions, Tensor values) {
        Tensor sum = completions.sumOf(values);
        return switch (this) {
            case SUM -> sum;
            case COMPLETION -> sum.div(completions.lengths());
            case BATCH -> sum.div(Math.max(completions.meanLength(), 1e-300));
        };
    }
}
