package org.thurstone.train.loss.regulariser;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.RequiredSamples;
import org.thurstone.train.loss.Samples;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StatisticSignal;

/**
 * w·KL(π_ref ‖ π) of whole completions, on samples of the reference: keeps the policy from losing what the reference assigns probability to. By
 * default, the divergence over the vocabulary is exact at each token of a sample, and the expectation of its sum over tokens is the divergence of
 * completions; if completions are one token, as in a table, every sample gives the exact value. The alternative is log π_ref − log π of the samples,
 * which has the same expectation and a larger variance.
 *
 * @param weight at least 0
 * @param exact whether each token's divergence is exact
 * @param samples for each example, at least 1
 */
@Method(
        name = "covering-kl",
        kind = "regulariser",
        papers = "2407.09072",
        source = "arXiv:2407.09072",
        summary = "the reference's divergence from the policy, on samples of the reference",
        formula = "w·KL(π_ref ‖ π)")
public record CoveringKl(
        @Default("0.1") double weight,
        @Default("true") boolean exact,
        @Default("1") int samples) implements OnSamples {

    public CoveringKl {
        Require.notNegative("weight", weight);
        new RequiredSamples(RequiredSamples.From.REFERENCE, samples); // says what they have to be
    }

    @Override
    public RequiredSamples draws() {
        return new RequiredSamples(RequiredSamples.From.REFERENCE, samples);
    }

    @Override
    public Tensor of(Samples drawn) {
        Tensor divergence = exact
                ? drawn.completions().sumOf(drawn.completions().extra(StatisticSignal.FORWARD_KL))
                : drawn.completions().logRatio().neg();
        return drawn.mean(divergence).mul(weight);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(exact ? StatisticSignal.FORWARD_KL : FrozenLogProbs.REFERENCE);
    }
}
