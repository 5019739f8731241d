package org.thurstone.train.loss.score;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * The log-ratio to a geometric mixture of two references: log π − (1 − share)·log π_ref − share·log π_second. With the second the last
 * iterate this is INPO's score (share (η − τ)/η) and that of regularised self-play.
 *
 * @param share of the second reference, in [0, 1]
 */
@Method(
        name = "two-references",
        kind = "score",
        papers = {"2404.04291", "2407.00617"},
        source = "arXiv:2407.00617, eq. 8",
        summary = "log-ratio to a geometric mixture of two references",
        formula = "Σ (log π − (1−s)·log π_ref − s·log π_second)")
public record TwoReferences(@Default("0.5") double share) implements Score {

    public TwoReferences {
        Require.unit("share", share);
    }

    @Override
    public Tensor of(Sequences completions) {
        return completions.sumOf(completions
                .policy()
                .sub(completions.reference().mul(1 - share))
                .sub(completions.extra(FrozenLogProbs.SECOND_REFERENCE).mul(share)));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, FrozenLogProbs.SECOND_REFERENCE);
    }
}
