package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;

/**
 * Binary classifier optimisation: −log σ(r − δ) for the desirable, −log σ(−(r − δ)) for the undesirable, r = β·Δ. The shift δ is the running mean of
 * rewards, including the present batch, without gradient: over both labels together, as in TRL. The paper uses the mean of the two labels' means; if
 * labels are balanced, they agree. arXiv:2404.04656, eq. 12.
 *
 * @param beta β above 0
 * @param balanced whether δ is that of the paper, ½·(mean of the desirable + mean of the undesirable)
 * @param matching whether the undesirable are weighted by p/(1 − p), kept within 0.5 … 10, p the share of desirable completions by prompt: for labels
 *     that come from different prompts (underlying distribution matching)
 */
@Method(
        name = "bco",
        kind = "loss",
        papers = "2404.04656",
        source = "arXiv:2404.04656, eq. 12",
        summary = "binary classifier with a reward shift",
        formula = "−log σ(±(β·Δ − δ))")
public record Bco(
        @Default("0.1") double beta,
        @Default("true") boolean balanced,
        @Default("false") boolean matching) implements SingleLoss {

    /** (n, 1): the probability that a completion of the prompt is a desirable one. */
    public static final PromptSignal DESIRABILITY =
            new PromptSignal("desirability", "the share of desirable completions by prompt", Desirability::of);

    public Bco {
        Require.positive("beta", beta);
    }

    /** Without matching. */
    public Bco(double beta, boolean balanced) {
        this(beta, balanced, false);
    }

    private static final String KEPT = "bco";

    @Override
    public Tensor each(SingleBatch batch) {
        Labels.check("bco", batch);
        Tensor reward = batch.completions().logRatio().mul(beta);
        Tensor value = reward.sub(shift(reward.detach().toDoubles(), batch));
        Tensor undesirable = batch.value().neg().add(1).mul(value.neg().logSigmoid());
        return batch.value()
                .mul(value.logSigmoid())
                .add(matching ? undesirable.mul(odds(batch)) : undesirable)
                .neg();
    }

    /** (n): how much more often a prompt's completions are desirable than not. */
    private static Tensor odds(SingleBatch batch) {
        Tensor p = batch.context().feature(DESIRABILITY).select(1, 0);
        return p.div(p.neg().add(1 + 1e-8)).clampMin(0.5).clampMax(10);
    }

    /** Sums and counts of the desirable, then of the undesirable, so far. */
    private double shift(double[] rewards, SingleBatch batch) {
        double[] labels = batch.value().toDoubles();
        double[] seen = batch.memory().get(KEPT, 4);
        for (int i = 0; i < rewards.length; i++) {
            seen[0] += labels[i] * rewards[i];
            seen[1] += labels[i];
            seen[2] += (1 - labels[i]) * rewards[i];
            seen[3] += 1 - labels[i];
        }
        batch.memory().put(KEPT, seen);
        if (!balanced || seen[1] == 0 || seen[3] == 0) {
            return (seen[0] + seen[2]) / Math.max(seen[1] + seen[3], 1e-300);
        }
        return 0.5 * (seen[0] / seen[1] + seen[2] / seen[3]);
    }

    /** Through δ. */
    @Override
    public boolean couples() {
        return true;
    }

    @Override
    public Set<Signal> signals() {
        return matching ? Set.of(FrozenLogProbs.REFERENCE, DESIRABILITY) : Set.of(FrozenLogProbs.REFERENCE);
    }
}
