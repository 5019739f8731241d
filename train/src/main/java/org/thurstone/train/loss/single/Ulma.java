package org.thurstone.train.loss.single;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Unified language model alignment: demonstrations are trained on by likelihood, −log π(y), and all other completions as in {@link PointwiseDpo}.
 * With labels, the desirable are demonstrations, and the undesirable cost −log σ(−β·Δ − c); with scores, a completion with the full score of 1 is a
 * demonstration, and others cost (v − β·Δ − c)². The likelihood is a sum over tokens and has no weight, so that the two terms can differ widely in
 * size; the authors' code takes means over tokens, and averages each kind separately. arXiv:2312.02554.
 *
 * @param beta β above 0
 * @param shift c: estimate of the prompt's log-partition function
 * @param scores whether values are scores instead of labels
 */
@Method(
        name = "ulma",
        kind = "loss",
        papers = "2312.02554",
        source = "arXiv:2312.02554",
        summary = "likelihood of demonstrations plus point-wise DPO on rated completions",
        formula = "−log π(y⁺); −log σ(−β·Δ − c), or (v − β·Δ − c)²")
public record Ulma(
        @Default("0.1") double beta,
        @Default("0") double shift,
        @Default("false") boolean scores) implements SingleLoss {

    public Ulma {
        new PointwiseDpo(beta, shift, scores); // says what they have to be
    }

    @Override
    public Tensor each(SingleBatch batch) {
        return parts(batch).values().stream().reduce(Tensor::add).orElseThrow();
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof SingleBatch singles)) {
            throw refusal(batch.kind());
        }
        Tensor shown = demonstrated(singles);
        Tensor reward = singles.completions().logRatio().mul(beta).add(shift);
        Tensor rated = scores
                ? singles.value().sub(reward).square()
                : reward.neg().logSigmoid().neg();
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put(
                "nll",
                Averaging.SUM.negativeLogLikelihood(singles.completions()).mul(shown));
        parts.put("link", rated.mul(shown.neg().add(1)));
        return parts;
    }

    /** (n): 1 for a demonstration; of labels, the probability of being one. */
    private Tensor demonstrated(SingleBatch singles) {
        if (scores) {
            return singles.value().ge(1).to(singles.value().type());
        }
        Labels.check("ulma", singles);
        return singles.value();
    }

    @Override
    public SingleValues singleValues() {
        return scores ? SingleValues.SCORES : SingleValues.LABELS;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
