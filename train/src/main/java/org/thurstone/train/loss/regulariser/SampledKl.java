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

/**
 * w·KL(π ‖ π_ref) of whole completions, estimated from k samples of the policy. Its value is the mean log-ratio. Since the policy also determines the
 * samples, its gradient is (log-ratio − baseline)·∇log π, where the baseline of a sample is the mean log-ratio of the other samples. The expectation
 * is the exact gradient.
 *
 * @param weight at least 0
 * @param samples k at least 2
 */
@Method(
        name = "sampled-kl",
        kind = "regulariser",
        papers = "2406.01462",
        source = "arXiv:2406.01462",
        summary = "divergence from the reference on own samples",
        formula = "w·KL(π ‖ π_ref), by REINFORCE with leave-one-out baseline")
public record SampledKl(
        @Default("0.001") double weight, @Default("4") int samples) implements OnSamples {

    public SampledKl {
        Require.notNegative("weight", weight);
        if (samples < 2) {
            throw new IllegalArgumentException("samples " + samples + " is below 2: a sample's baseline is the others");
        }
    }

    @Override
    public RequiredSamples draws() {
        return new RequiredSamples(RequiredSamples.From.POLICY, samples);
    }

    @Override
    public Tensor of(Samples drawn) {
        Tensor ratio = drawn.grouped(drawn.completions().logRatio()).detach();
        Tensor others = ratio.sum(1).unsqueeze(1).sub(ratio).div(drawn.each() - 1);
        Tensor surrogate =
                ratio.sub(others).mul(drawn.grouped(drawn.completions().sum())).mean(1);
        return ratio.mean(1).add(surrogate.sub(surrogate.detach())).mul(weight);
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE);
    }
}
