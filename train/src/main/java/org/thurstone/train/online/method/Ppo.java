package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Session;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Proximal policy optimisation with a critic. Each token is rewarded with −β·log π/π_ref, the last one also with the score; advantages are estimated
 * by {@link Gae} and whitened over all tokens of the step; {@code training.epochs} of the clipped loss follow (4 are usual). arXiv:1707.06347;
 * arXiv:2009.01325 for the reward. The critic starts as a copy of the policy's network with an initial output of 0, and it continues from step to
 * step.
 *
 * @param samples answers per prompt, at least 1
 * @param beta β at least 0
 * @param gamma γ in [0, 1]
 * @param lambda λ in [0, 1]
 * @param clip clip range of the ratio about 1
 * @param valueClip clip range of the value about the old value
 * @param valueWeight of the critic's loss
 * @param whiten whether advantages are normalised to mean 0 and standard deviation 1
 */
@Method(
        name = "ppo",
        kind = "online",
        source = "arXiv:1707.06347; arXiv:2009.01325",
        summary = "policy gradient with a critic, advantages by GAE, ratios and values clipped",
        formula = "A = GAE(−β·log π/π_ref + r at the end): −min(ρ·A, clip(ρ)·A) + w·½·max((V − R)², (clip(V) − R)²)")
public record Ppo(
        @Default("1") int samples,
        @Default("0.05") double beta,
        @Default("1") double gamma,
        @Default("0.95") double lambda,
        @Default("0.2") double clip,
        @Default("0.2") double valueClip,
        @Default("0.1") double valueWeight,
        @Default("true") boolean whiten)
        implements PolicyGradientMethod {

    public Ppo {
        if (samples < 1) {
            throw new IllegalArgumentException("samples " + samples + " is below 1");
        }
        Require.notNegative("beta", beta);
        Require.unit("gamma", gamma);
        Require.unit("lambda", lambda);
        new org.thurstone.train.loss.single.Ppo(clip, valueClip, valueWeight);
    }

    @Override
    public void improve(Session session, List<Group> groups, double[][] rewards) {
        List<TrainingSingle> drawn = session.singles(groups, rewards);
        if (drawn.isEmpty()) {
            return;
        }
        FrozenLogProbs own = session.logProbs(session.policies().policy(), drawn);
        FrozenLogProbs reference = session.logProbs(session.policies().reference(), drawn);
        FrozenLogProbs values = session.values(drawn);
        List<double[]> advantages = new ArrayList<>();
        List<double[]> returns = new ArrayList<>();
        for (TrainingSingle answer : drawn) {
            double[] value = values.of(answer);
            double[] advantage = new Gae(gamma, lambda)
                    .advantages(tokenRewards(answer, own.of(answer), reference.of(answer), session), value);
            double[] returned = advantage.clone();
            for (int t = 0; t < returned.length; t++) {
                returned[t] += value[t];
            }
            advantages.add(advantage);
            returns.add(returned);
            session.note("value", value.length == 0 ? 0 : value[0] * answer.weight());
        }
        if (whiten) {
            whiten(drawn, advantages);
        }
        session.learn(
                new org.thurstone.train.loss.single.Ppo(clip, valueClip, valueWeight),
                drawn,
                Map.of(
                        PolicyGradient.BEHAVIOUR,
                        own,
                        org.thurstone.train.loss.single.Ppo.OLD_VALUE,
                        values,
                        PolicyGradient.ADVANTAGES,
                        FrozenLogProbs.of("advantages", drawn, advantages),
                        org.thurstone.train.loss.single.Ppo.RETURNS,
                        FrozenLogProbs.of("returns", drawn, returns)));
    }

    /** One a token: what each pays for leaving the reference, and the score with the last. */
    private double[] tokenRewards(TrainingSingle answer, double[] own, double[] reference, Session session) {
        double[] rewards = new double[own.length];
        double ratio = 0;
        for (int t = 0; t < rewards.length; t++) {
            ratio += own[t] - reference[t];
            rewards[t] = -beta * (own[t] - reference[t]);
        }
        rewards[rewards.length - 1] += answer.value();
        session.note("kl", ratio * answer.weight());
        return rewards;
    }

    /** Over all tokens, as often as their answers count; the deviation is that of a sample. */
    private static void whiten(List<TrainingSingle> drawn, List<double[]> advantages) {
        double count = 0;
        double sum = 0;
        for (int i = 0; i < drawn.size(); i++) {
            for (double a : advantages.get(i)) {
                count += drawn.get(i).weight();
                sum += drawn.get(i).weight() * a;
            }
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < drawn.size(); i++) {
            for (double a : advantages.get(i)) {
                squares += drawn.get(i).weight() * (a - mean) * (a - mean);
            }
        }
        double deviation = Math.sqrt(squares / Math.max(1, count - 1) + 1e-8);
        for (double[] of : advantages) {
            for (int t = 0; t < of.length; t++) {
                of[t] = (of[t] - mean) / deviation;
            }
        }
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(CriticSignal.VALUE);
    }
}
