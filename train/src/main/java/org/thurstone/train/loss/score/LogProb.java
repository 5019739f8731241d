package org.thurstone.train.loss.score;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;

/** Σ log π over the tokens; no reference. */
@Method(
        name = "log-prob",
        kind = "score",
        source = "arXiv:2305.10425",
        summary = "log-probability, summed over tokens",
        formula = "Σ log π")
public record LogProb() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        return completions.sum();
    }
}
