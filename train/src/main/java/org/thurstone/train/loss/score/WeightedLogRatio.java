package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.Signal;

/**
 * The log-ratio to the reference with a weight for each token, which comes with the data: error regions (IterPref, arXiv:2503.02783),
 * edited tokens, attention to a span.
 */
@Method(
        name = "weighted-log-ratio",
        kind = "score",
        rows = {5},
        source = "arXiv:2503.02783",
        summary = "log-ratio to the reference with a weight for each token",
        formula = "Σ w_t·(log π − log π_ref)")
public record WeightedLogRatio() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        Tensor ratio = completions.policy().sub(completions.reference());
        return completions.sumOf(ratio.mul(completions.extra(Signal.TOKEN_WEIGHTS)));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(Signal.REFERENCE, Signal.TOKEN_WEIGHTS);
    }
}
