package org.thurstone.train.online.method;

import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Session;

/**
 * REINFORCE with a leave-one-out baseline: R = r − β·log π(y)/π_ref(y), A = R minus the mean R of the prompt's other answers, and the clipped
 * surrogate with the likelihood ratio of the whole answer. arXiv:2402.14740, eq. 9.
 *
 * @param samples answers per prompt, at least 2
 * @param beta β at least 0
 * @param clip clip range of the ratio about 1
 * @param normalise whether advantages are normalised to mean 0 and standard deviation 1 over all samples of a step
 */
@Method(
        name = "rloo",
        kind = "online",
        source = "arXiv:2402.14740, eq. 9",
        summary = "policy gradient with the mean of the prompt's other answers as baseline",
        formula = "A_i = R_i − mean_(j≠i) R_j: −min(ρ·A, clip(ρ)·A)")
public record Rloo(
        @Default("4") int samples,
        @Default("0.05") double beta,
        @Default("0.2") double clip,
        @Default("false") boolean normalise)
        implements PolicyGradientMethod {

    public Rloo {
        PolicyGradientMethod.atLeastTwo(samples);
        Require.notNegative("beta", beta);
        Require.unit("clip", clip);
    }

    @Override
    public void improve(Session session, List<Group> groups, double[][] rewards) {
        double[][] advantages = Advantages.leaveOneOut(KlPenalty.to(session, groups, rewards, beta));
        if (normalise) {
            Advantages.whiten(advantages);
        }
        List<TrainingSingle> drawn = session.singles(groups, advantages);
        session.learn(
                new PolicyGradient(PolicyGradient.Ratio.SEQUENCE, clip, clip, 0, PolicyGradient.Average.SEQUENCE, 1),
                drawn,
                Map.of(
                        PolicyGradient.BEHAVIOUR,
                        session.logProbs(session.policies().policy(), drawn)));
    }
}
