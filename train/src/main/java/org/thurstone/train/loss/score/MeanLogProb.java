package org.thurstone.train.loss.score;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;

/** SimPO's reward without β: the mean of log π over the tokens; no reference. arXiv:2405.14734, eq. 3. */
@Method(
        name = "mean-log-prob",
        kind = "score",
        source = "arXiv:2405.14734, eq. 3",
        summary = "log-probability, mean per token",
        formula = "Σ log π / |y|")
public record MeanLogProb() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.mean();
    }
}
