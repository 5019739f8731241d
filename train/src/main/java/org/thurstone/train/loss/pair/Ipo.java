package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Squared;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.loss.score.MeanLogRatio;

/**
 * Identity preference optimisation: (h − 1/(2τ))². The authors' code and TRL divide the log-ratio of each side by its number of tokens, which is the
 * default here. In the paper, which considers bandits, h is the sum. arXiv:2310.12036, eq. 17.
 *
 * @param tau τ above 0 (TRL's beta)
 * @param average whether h is the difference of means per token, and not of sums
 */
@Method(
        name = "ipo",
        kind = "loss",
        papers = "2310.12036",
        source = "arXiv:2310.12036, eq. 17",
        summary = "a bounded target for the margin",
        formula = "(h − 1/(2τ))²")
public record Ipo(
        @Default("0.1") double tau, @Default("true") boolean average) implements Preset {

    public Ipo {
        Require.positive("tau", tau);
    }

    @Override
    public ImplicitReward implicitReward() {
        return new ImplicitReward(composition().implicitReward().form(), tau);
    }

    @Override
    public Composed composition() {
        return Composed.of(average ? new MeanLogRatio() : new LogRatio(), 1, new Squared(1 / (2 * tau)));
    }
}
