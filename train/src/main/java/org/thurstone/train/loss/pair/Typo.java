package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.CoveringKl;
import org.thurstone.train.loss.score.LogProb;

/**
 * TYPO: a preference term without reference or β, −log σ(log π(y_w) − log π(y_l)) (for soft labels, its expectation), and a term that preserves the
 * reference, λ·KL(π_ref ‖ π), on samples of the reference, which need no labels. λ = 0 fits the preferences; a large λ keeps the policy at the
 * reference. arXiv:2407.09072.
 *
 * @param lambda λ at least 0
 * @param exact whether the divergence at each token of a sample is exact
 * @param samples of the reference for each example, at least 1
 */
@Method(
        name = "typo",
        kind = "loss",
        papers = "2407.09072",
        source = "arXiv:2407.09072",
        summary = "preferences of the policy itself, and the reference's divergence from it",
        formula = "−log σ(log π(y_w) − log π(y_l)) + λ·KL(π_ref ‖ π)")
public record Typo(
        @Default("0.1") double lambda,
        @Default("true") boolean exact,
        @Default("1") int samples) implements Preset {

    public Typo {
        Require.notNegative("lambda", lambda);
        new CoveringKl(lambda, exact, samples); // says what they have to be
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogProb(), 1, new Logistic(0)).plus(new CoveringKl(lambda, exact, samples));
    }
}
