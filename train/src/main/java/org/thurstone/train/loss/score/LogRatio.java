package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/** DPO's implicit reward without β: Σ (log π − log π_ref) over the tokens, a sum and not a mean. arXiv:2305.18290. */
@Method(
        name = "log-ratio",
        kind = "score",
        source = "arXiv:2305.18290, eq. 5",
        summary = "log-ratio to the reference, summed over tokens",
        formula = "Σ (log π − log π_ref)")
public record LogRatio() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.logRatio();
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
