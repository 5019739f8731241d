package org.thurstone.train.loss.score;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;

/**
 * AlphaPO's reward without β: (1 − p^(−α)) / α with p the geometric-mean probability of a token; α → 0 is SimPO's mean log-probability. The exponent
 * is bounded at 80, so that the score of a very unlikely completion is large but finite.
 *
 * @param alpha α; 0 is SimPO's score itself
 */
@Method(
        name = "alpha-mean",
        kind = "score",
        source = "arXiv:2501.03884",
        summary = "AlphaPO's reward: SimPO's, shaped by α",
        formula = "(1 − p^(−α)) / α, p = exp(Σ log π / |y|)")
public record AlphaMean(@Default("0.25") double alpha) implements Score {

    public AlphaMean {
        Require.finite("alpha", alpha);
    }

    @Override
    public Tensor of(Sequences completions) {
        Tensor mean = completions.mean();
        return alpha == 0 ? mean : mean.mul(-alpha).clampMax(80).expm1().div(-alpha);
    }
}
