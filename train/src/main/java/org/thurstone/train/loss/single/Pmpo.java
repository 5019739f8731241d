package org.thurstone.train.loss.single;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StatisticSignal;

/**
 * Preference optimisation as probabilistic inference: −α·(mean of log π over the desirable) + (1 − α)·(mean of log π over the undesirable) +
 * β·KL(π_ref ‖ π), where the KL divergence is the forward one, computed exactly at each token of the completion and summed. Log-probabilities are
 * sums over tokens. Desirable and undesirable completions are averaged separately, so that a rare label keeps its weight. Undesirable completions
 * alone need a large β: without it the loss has no lower bound. arXiv:2410.04166.
 *
 * @param alpha α in [0, 1]: the share of the desirable
 * @param beta β at least 0
 */
@Method(
        name = "pmpo",
        kind = "loss",
        papers = "2410.04166",
        source = "arXiv:2410.04166",
        summary = "likelihood of the desirable, unlikelihood of the undesirable, with an exact KL penalty",
        formula = "−α·E₊log π + (1−α)·E₋log π + β·Σ_t KL_t(π_ref ‖ π)")
public record Pmpo(
        @Default("0.5") double alpha, @Default("0.5") double beta) implements SingleLoss {

    public Pmpo {
        Require.unit("alpha", alpha);
        Require.notNegative("beta", beta);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        return likelihood(batch).add(divergence(batch));
    }

    private Tensor likelihood(SingleBatch batch) {
        Labels.check("pmpo", batch);
        Tensor good = batch.value();
        Tensor bad = good.neg().add(1);
        Tensor weight = bad.mul((1 - alpha) * share(bad)).sub(good.mul(alpha * share(good)));
        return batch.completions().sum().mul(weight);
    }

    /** What turns a mean over the batch into one over a set within it. */
    private static double share(Tensor membership) {
        double members = membership.sum().item();
        return members == 0 ? 0 : membership.count() / members;
    }

    private Tensor divergence(SingleBatch batch) {
        return batch.completions()
                .sumOf(batch.completions().extra(StatisticSignal.FORWARD_KL))
                .mul(beta);
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof SingleBatch singles)) {
            throw refusal(batch.kind());
        }
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("likelihood", likelihood(singles));
        parts.put("divergence", divergence(singles));
        return parts;
    }

    /** Through the sizes of the two sets. */
    @Override
    public boolean couples() {
        return true;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(StatisticSignal.FORWARD_KL);
    }
}
