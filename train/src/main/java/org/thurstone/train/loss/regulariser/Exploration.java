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
 * +w·log π(ỹ) on samples ỹ of the reference: lowers the likelihood of known responses, so that the policy explores others. The sign is plus, since
 * the loss is minimised; it does not depend on who would win a comparison with ỹ.
 *
 * @param weight at least 0
 * @param relative whether log π_ref(ỹ) is subtracted; the gradient is the same
 * @param samples for each example, at least 1
 */
@Method(
        name = "exploration",
        kind = "regulariser",
        papers = {"2405.19320", "2405.21046"},
        source = "arXiv:2405.21046, algorithm 1",
        summary = "unlikelihood of the reference's own samples",
        formula = "+w·E_{ỹ~π_ref} log π(ỹ)")
public record Exploration(
        @Default("1e-5") double weight,
        @Default("false") boolean relative,
        @Default("1") int samples) implements OnSamples {

    public Exploration {
        Require.notNegative("weight", weight);
        new RequiredSamples(RequiredSamples.From.REFERENCE, samples); // says what they have to be
    }

    @Override
    public RequiredSamples draws() {
        return new RequiredSamples(RequiredSamples.From.REFERENCE, samples);
    }

    @Override
    public Tensor of(Samples drawn) {
        Tensor logs =
                relative ? drawn.completions().logRatio() : drawn.completions().sum();
        return drawn.mean(logs).mul(weight);
    }

    @Override
    public Set<Signal> signals() {
        return relative ? Set.of(FrozenLogProbs.REFERENCE) : Set.of();
    }
}
