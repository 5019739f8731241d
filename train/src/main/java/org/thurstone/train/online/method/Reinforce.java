package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Session;

/**
 * REINFORCE with the KL divergence in the reward: R = r − β·log π(y)/π_ref(y) minus the mean over all samples of the step, times ∇log π(y). Williams,
 * Machine Learning 8 (1992).
 *
 * @param beta β at least 0
 * @param samples answers per prompt, at least 1
 */
@Method(
        name = "reinforce",
        kind = "online",
        source = "Williams (1992)",
        summary = "policy gradient with the step's mean as baseline and the divergence in the reward",
        formula = "−(R − mean R)·log π(y), R = r − β·log π(y)/π_ref(y)")
public record Reinforce(
        @Default("0.05") double beta, @Default("1") int samples) implements PolicyGradientMethod {

    public Reinforce {
        Require.notNegative("beta", beta);
        if (samples < 1) {
            throw new IllegalArgumentException("samples " + samples + " is below 1");
        }
    }

    @Override
    public void improve(Session session, List<Group> groups, double[][] rewards) {
        double[][] held = KlPenalty.to(session, groups, rewards, beta);
        double sum = 0;
        for (int g = 0; g < held.length; g++) {
            for (double r : held[g]) {
                sum += groups.get(g).weight() * r / held[g].length;
            }
        }
        double mean = sum / Math.max(1, held.length);
        for (double[] group : held) {
            for (int i = 0; i < group.length; i++) {
                group[i] -= mean;
            }
        }
        session.learn(new org.thurstone.train.loss.single.Reinforce(0), session.singles(groups, held));
    }
}
