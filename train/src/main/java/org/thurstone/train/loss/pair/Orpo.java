package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.Scaled;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogOdds;

/**
 * Odds-ratio preference optimisation: NLL(y_w) − λ·log σ(log-odds of chosen minus rejected), with mean log-probabilities and no reference. Here
 * the likelihood is per token of the completion; TRL's includes the prompt. arXiv:2403.07691, eq. 6.
 *
 * @param lambda λ above 0 (TRL's beta)
 */
@Method(
        name = "orpo",
        kind = "loss",
        source = "arXiv:2403.07691, eq. 6",
        summary = "odds ratio and likelihood in one stage",
        formula = "NLL(y_w) − λ·log σ(z_w − z_l)")
public record Orpo(@Default("0.1") double lambda) implements Preset {

    public Orpo {
        Require.positive("lambda", lambda);
    }

    @Override
    public ImplicitReward implicitReward() {
        return new ImplicitReward(composition().implicitReward().form(), lambda);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogOdds(), 1, new Scaled(lambda, new Logistic(0)))
                .plus(new Nll(1, Averaging.COMPLETION));
    }
}
