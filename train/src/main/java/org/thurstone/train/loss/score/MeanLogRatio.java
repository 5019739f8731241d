package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/** The log-ratio to the reference, averaged over the tokens of each completion. */
@Method(
        name = "mean-log-ratio",
        kind = "score",
        source = "TRL 1.13, sigmoid_norm",
        summary = "log-ratio to the reference, mean per token",
        formula = "Σ (log π − log π_ref) / |y|")
public record MeanLogRatio() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.logRatio().div(completions.lengths());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
