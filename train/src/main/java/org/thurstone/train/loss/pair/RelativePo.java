package org.thurstone.train.loss.pair;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.signal.EmbeddedPrompts;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;

/**
 * Relative preference optimisation: compares each chosen completion with every rejected one of the batch, weighted by the similarity of their
 * prompts: the mean over j of −log σ(β·ω_ij·(Δ_w,i − Δ_l,j)), with ω_ij = softmax over j of −(1 − cos(e_i, e_j))/τ, e the embedding of a prompt. The
 * weight stands inside σ and takes no gradient. A batch of one is DPO. arXiv:2402.10958.
 *
 * @param beta β above 0
 * @param tau τ above 0: if small, only similar prompts are compared; if large, all equally
 */
@Method(
        name = "relative-po",
        kind = "loss",
        papers = "2402.10958",
        source = "arXiv:2402.10958",
        summary = "every chosen against every rejected of the batch, weighted by prompt similarity",
        formula = "mean_j −log σ(β·ω_ij·(Δ_w,i − Δ_l,j))")
public record RelativePo(
        @Default("0.1") double beta, @Default("0.5") double tau) implements PairLoss {

    /** (n, size): a vector for each prompt, close where prompts mean much the same. */
    public static final PromptSignal PROMPT_EMBEDDING =
            new PromptSignal("prompt-embedding", "embeddings of the prompts", RelativePo::embeddings);

    private static Map<String, double[]> embeddings(EmbeddedPrompts prompts) {
        Map<String, double[]> exact = new HashMap<>();
        prompts.vectors().forEach((id, vector) -> {
            double[] copy = new double[vector.length];
            Arrays.setAll(copy, i -> vector[i]);
            exact.put(id, copy);
        });
        return exact;
    }

    public RelativePo {
        Require.positive("beta", beta);
        Require.positive("tau", tau);
    }

    @Override
    public Tensor hard(PairBatch batch) {
        Tensor chosen = batch.chosen().logRatio().unsqueeze(1);
        Tensor rejected = batch.rejected().logRatio().unsqueeze(0);
        return chosen.sub(rejected)
                .mul(weights(batch))
                .mul(beta)
                .logSigmoid()
                .mean(1)
                .neg();
    }

    /** (n, n): ω; a prompt without direction is as far from others as one at a right angle. */
    private Tensor weights(PairBatch batch) {
        Tensor given = batch.context().feature(PROMPT_EMBEDDING).detach();
        Tensor norms = given.square().sum(1).sqrt().clampMin(1e-12).unsqueeze(1);
        Tensor unit = given.div(norms);
        return unit.matmul(unit.transpose(0, 1))
                .sub(1)
                .div(tau)
                .softmax(1)
                .to(batch.chosen().policy().type());
    }

    /** Through the rejected ones of other pairs. */
    @Override
    public boolean couples() {
        return true;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, PROMPT_EMBEDDING);
    }
}
