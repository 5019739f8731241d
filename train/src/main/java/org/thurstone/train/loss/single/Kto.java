package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Kahneman–Tversky optimisation: desirable λ_D·(1 − σ(β·(Δ − z0))), undesirable λ_U·(1 − σ(β·(z0 − Δ))); a plain sigmoid, and z0 inside β. z0 is the
 * mean log-ratio of completions after mismatched prompts, at least 0, without gradient. Choose λ so that λ_D·n_D/(λ_U·n_U) is within 1 … 4/3.
 * arXiv:2402.01306, eq. 8.
 *
 * @param beta β above 0
 * @param lambdaDesirable λ_D at least 0
 * @param lambdaUndesirable λ_U at least 0
 */
@Method(
        name = "kto",
        kind = "loss",
        source = "arXiv:2402.01306, eq. 8",
        summary = "desirable and undesirable completions, with prospect-theoretic weights",
        formula = "λ·(1 − σ(±β·(Δ − z0)))")
public record Kto(
        @Default("0.1") double beta,
        @Default("1") double lambdaDesirable,
        @Default("1") double lambdaUndesirable) implements SingleLoss {

    /** Completions of other prompts after these prompts. */
    public static final CompletionSignal MISMATCHED =
            new CompletionSignal("mismatched", "completions paired with prompts that are not theirs", Mismatched::of);

    public Kto {
        Require.positive("beta", beta);
        Require.notNegative("lambda-desirable", lambdaDesirable);
        Require.notNegative("lambda-undesirable", lambdaUndesirable);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        Labels.check("kto", batch);
        Tensor baseline =
                batch.context().completions(MISMATCHED).logRatio().mean().relu().detach();
        Tensor value = batch.completions().logRatio().sub(baseline).mul(beta);
        Tensor good = value.neg().sigmoid().mul(lambdaDesirable);
        Tensor bad = value.sigmoid().mul(lambdaUndesirable);
        return batch.value().mul(good).add(batch.value().neg().add(1).mul(bad));
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, MISMATCHED);
    }

    /** Through z0, which is a mean over the batch. */
    @Override
    public boolean couples() {
        return true;
    }
}
