package org.thurstone.train.loss.score;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Sequences;

/**
 * ORPO's log-odds of the geometric-mean probability p of a token: log p − log(1 − p), with log p the mean of log π. arXiv:2403.07691, eq. 4.
 *
 * <p>log(1 − eᵐ) loses everything near m = 0 if it is computed as written: for m > −log 2 it is log(−expm1(m)), else log1p(−eᵐ). A mean
 * log-probability above −1e-7 (the policy is certain) counts as −1e-7.
 */
@Method(
        name = "log-odds",
        kind = "score",
        source = "arXiv:2403.07691, eq. 4",
        summary = "log-odds of the mean token probability",
        formula = "m − log(1 − e^m), m = Σ log π / |y|")
public record LogOdds() implements Score {
    @Override
    public Tensor of(Sequences completions) {
        Tensor m = completions.mean().clampMax(-1e-7);
        return m.sub(log1mExp(m));
    }

    /** log(1 − eᵐ) for negative m. Each branch sees only arguments that it can differentiate. */
    private static Tensor log1mExp(Tensor m) {
        double border = -Math.log(2);
        Tensor near = m.clampMin(border).expm1().neg().log();
        Tensor far = m.clampMax(border).exp().neg().log1p();
        return m.gt(border).where(near, far);
    }
}
