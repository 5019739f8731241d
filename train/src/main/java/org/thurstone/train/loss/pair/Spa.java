package org.thurstone.train.loss.pair;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Quantiles;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Noise-aware learning from self-generated labels (SPA, Selfie): DPO that smooths the labels of which the policy is least certain. A pair is
 * uncertain if its margin β·h, without gradient, is within the lowest tenth of the last 50 margins, including this batch; its label has weight 1 − α,
 * and the opposite label α. In the first fifth of the training nothing is smoothed. Soft labels are smoothed in the same proportion.
 * arXiv:2406.04412.
 *
 * <p>The authors' code can also take the margin from logits extrapolated away from the reference. This needs whole distributions; applied to
 * log-probabilities only, the extrapolation scales margins and threshold equally and so has no effect.
 *
 * @param beta β above 0
 * @param alpha α in [0, 0.5): how much an uncertain label is smoothed
 * @param quantile in (0, 1): the share of margins that counts as uncertain
 * @param window number of margins in the window, at least 1
 * @param warmup the share of the training in which nothing is smoothed, in [0, 1]
 */
@Method(
        name = "spa",
        kind = "loss",
        papers = "2406.04412",
        source = "arXiv:2406.04412",
        summary = "DPO that smooths labels that the policy disagrees with",
        formula = "−(1−a)·log σ(β·h) − a·log σ(−β·h), a = α where β·h ≤ c")
public record Spa(
        @Default("0.1") double beta,
        @Default("0.1") double alpha,
        @Default("0.1") double quantile,
        @Default("50") int window,
        @Default("0.2") double warmup)
        implements PairLoss {

    private static final String KEPT = "spa";

    public Spa {
        Require.positive("beta", beta);
        Require.share("alpha", alpha);
        Require.unit("quantile", quantile);
        Require.unit("warmup", warmup);
        if (window < 1) {
            throw new IllegalArgumentException("window " + window + " is below 1");
        }
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return each(batch.withProbability(batch.chosen().constant(1)));
    }

    @Override
    public Tensor each(PairBatch batch) {
        Tensor margin =
                batch.chosen().logRatio().sub(batch.rejected().logRatio()).mul(beta);
        double threshold = threshold(margin.detach().toDoubles(), batch.memory());
        double most = batch.memory().progress() < warmup ? 0 : alpha;
        Tensor smoothing = margin.detach().gt(threshold).not().to(margin.type()).mul(most);
        // p·(1−a) + (1−p)·a
        Tensor belief = batch.probability().mul(smoothing.mul(-2).add(1)).add(smoothing);
        return belief.mul(margin.logSigmoid())
                .add(belief.neg().add(1).mul(margin.neg().logSigmoid()))
                .neg();
    }

    /** The quantile of the newest margins. */
    private double threshold(double[] margins, Memory memory) {
        double[] all = DoubleStream.concat(
                        Arrays.stream(memory.get(KEPT).orElseGet(() -> new double[0])), Arrays.stream(margins))
                .toArray();
        double[] newest = Arrays.copyOfRange(all, Math.max(0, all.length - window), all.length);
        memory.put(KEPT, newest);
        double[] sorted = newest.clone();
        Arrays.sort(sorted);
        return Quantiles.interpolated(sorted, quantile);
    }

    /** Through the threshold. */
    @Override
    public boolean couples() {
        return true;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
