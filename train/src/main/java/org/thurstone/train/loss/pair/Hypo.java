package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.SampledKl;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Hybrid preference optimisation: DPO on the data, plus the KL divergence from the reference on unlabelled samples of the policy. arXiv:2406.01462.
 *
 * @param beta β above 0
 * @param lambda λ of the divergence, at least 0
 * @param samples samples of the policy for each example, at least 2
 */
@Method(
        name = "hypo",
        kind = "loss",
        papers = "2406.01462",
        source = "arXiv:2406.01462",
        summary = "DPO on the data plus KL on own samples",
        formula = "−log σ(β·h) + λ·KL(π ‖ π_ref)")
public record Hypo(
        @Default("0.05") double beta,
        @Default("0.001") double lambda,
        @Default("4") int samples) implements Preset {

    public Hypo {
        Require.positive("beta", beta);
        Require.notNegative("lambda", lambda);
        new SampledKl(lambda, samples); // says what they have to be
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).plus(new SampledKl(lambda, samples));
    }
}
