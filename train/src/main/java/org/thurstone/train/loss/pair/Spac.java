package org.thurstone.train.loss.pair;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.loss.link.MarginLink;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Self-play with an adversarial critic, one round of it: the critic fits the preferences and is pessimistic about samples of the present policy π_t
 * relative to the data, and the policy takes a mirror-descent step on it, π ∝ π_t·e^(r/β). With r = β·log π/π_t, both are a single minimisation:
 * λ·(−log σ(r(y_w) − r(y_l))) + the mean over ỹ ~ π_t and both completions y of the pair of ℓ(r(y) − r(ỹ)). π_t is the reference; the rounds are the
 * online method {@code spac}. Responses that are not in the data lose probability, round by round, whereas DPO may raise them. arXiv:2406.04274.
 *
 * <p>The paper's pessimistic term is linear, ℓ(d) = −d, over a class of bounded rewards, and it recommends log σ as a smooth form in practice, which
 * is the default here. {@code {squared: R}}, scaled by 1/(2R), is linear with the bound R: (d − R)²/(2R) = −d + d²/(2R) + a constant. The practical
 * algorithm is known here from summaries only: λ, and the use of both completions of a pair for the data, were chosen here.
 *
 * @param beta β above 0: an inverse step size
 * @param lambda λ above 0: weight of the preferences relative to pessimism, which alone would imitate the data; in the theory it grows with the
 *     square root of the number of pairs
 * @param pessimism ℓ, applied to the difference of rewards between the data's completions and the policy's
 * @param samples number of samples of π_t for each pair, at least 1
 */
@Method(
        name = "spac",
        kind = "loss",
        papers = "2406.04274",
        source = "arXiv:2406.04274",
        summary = "DPO with pessimism about the policy's own samples",
        formula = "−λ·log σ(β·h) + E_{ỹ~π_t, y∈{w,l}} ℓ(β·(Δ(y) − Δ(ỹ))), Δ against π_t")
public record Spac(
        @Default("0.1") double beta,
        @Default("10") double lambda,
        @Default("logistic") MarginLink pessimism,
        @Default("1") int samples)
        implements PairLoss {

    public Spac {
        Require.positive("beta", beta);
        Require.positive("lambda", lambda);
        new RequiredSamples(RequiredSamples.From.REFERENCE, samples); // says what they have to be
    }

    @Override
    public Optional<RequiredSamples> draws() {
        return Optional.of(new RequiredSamples(RequiredSamples.From.REFERENCE, samples));
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return new Dpo(beta, 0).hard(batch).mul(lambda).add(pessimism(batch));
    }

    /** The same whichever one is better. */
    private Tensor pessimism(PairBatch batch) {
        Samples own = batch.context().samples();
        Tensor theirs = own.grouped(own.completions().logRatio());
        return behind(batch.chosen().logRatio(), theirs)
                .add(behind(batch.rejected().logRatio(), theirs))
                .div(2);
    }

    private Tensor behind(Tensor data, Tensor own) {
        Tensor lead = data.unsqueeze(1).sub(own).mul(beta);
        return pessimism.of(lead.reshape(-1)).reshape(lead.shape()).mean(1);
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof PairBatch pairs)) {
            throw refusal(batch.kind());
        }
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        parts.put("link", new Dpo(beta, 0).each(pairs).mul(lambda));
        parts.put("pessimism", pessimism(pairs));
        return parts;
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
