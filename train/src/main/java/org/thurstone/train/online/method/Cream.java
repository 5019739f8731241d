package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurstone.model.Policy;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Correlation;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Policies;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * CREAM: self-rewarding, weighted by the policy's consistency. N of its own samples are ranked by the implicit reward of the present policy, log π_t
 * − log π_0, and by that of the iterate before; the best and the worst of the first ranking form a pair, whose label has the probability C =
 * (Kendall's τ between the rankings + 1)/2. The initial policy, which has no implicit reward, ranks by the mean log-probability per token; in the
 * first iteration there is no other ranking, and C is 1. No judge is needed. arXiv:2410.12735, algorithm 1.
 *
 * <p>Needs iterations of one step each, so that the past iterates are those of the steps.
 *
 * @param beta β above 0
 * @param samples N, at least 2
 * @param each whether each prompt has its own C; if not, C is the mean over all prompts, as in the authors' code by default
 */
@Method(
        name = "cream",
        kind = "online",
        papers = "2410.12735",
        source = "arXiv:2410.12735, algorithm 1",
        summary = "self-rewarding, weighted by the consistency of two iterates' rankings",
        formula = "C = (τ + 1)/2: −C·log σ(β·h) − (1−C)·log σ(−β·h)")
public record Cream(
        @Default("0.1") double beta,
        @Default("5") int samples,
        @Default("false") boolean each) implements OnlineMethod {

    public Cream {
        Require.positive("beta", beta);
        PolicyGradientMethod.atLeastTwo(samples);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), samples);
        List<TrainingSingle> drawn = session.singles(groups, new double[groups.size()][samples]);
        Policies policies = session.policies();
        int known = policies.past().size();
        double[] now =
                known == 1 ? means(session, policies.policy(), drawn) : rewards(session, policies.policy(), drawn);
        double[] before = switch (known) {
            case 1 -> now;
            case 2 -> means(session, policies.past().get(0), drawn);
            default -> rewards(session, policies.past().get(known - 2), drawn);
        };
        double[] belief = new double[groups.size()];
        for (int g = 0; g < belief.length; g++) {
            belief[g] = (Correlation.tauA(group(now, g), group(before, g)) + 1) / 2;
        }
        double mean = Arrays.stream(belief).average().orElse(1);
        session.note("consistency", mean);
        List<TrainingPair> pairs = new ArrayList<>();
        for (int g = 0; g < belief.length; g++) {
            double[] mine = group(now, g);
            pairs.add(
                    session.pair(g, groups.get(g), Extremes.best(mine), Extremes.worst(mine), each ? belief[g] : mean));
        }
        session.learn(new org.thurstone.train.loss.pair.Cream(beta, 1), pairs);
    }

    private double[] group(double[] flat, int g) {
        return Arrays.copyOfRange(flat, g * samples, (g + 1) * samples);
    }

    private static double[] rewards(Session session, Policy policy, List<TrainingSingle> drawn) {
        double[] rewards = Session.sums(session.logProbs(policy, drawn), drawn);
        double[] start = Session.sums(session.logProbs(session.policies().past().get(0), drawn), drawn);
        for (int i = 0; i < rewards.length; i++) {
            rewards[i] -= start[i];
        }
        return rewards;
    }

    private static double[] means(Session session, Policy policy, List<TrainingSingle> drawn) {
        FrozenLogProbs logProbs = session.logProbs(policy, drawn);
        return drawn.stream()
                .mapToDouble(e -> Arrays.stream(logProbs.of(e)).average().orElse(0))
                .toArray();
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
