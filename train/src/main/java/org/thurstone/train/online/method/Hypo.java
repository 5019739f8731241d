package org.thurstone.train.online.method;

import java.util.Arrays;
import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Hybrid preference optimisation: DPO on the pairs of a data set, and λ·KL(π ‖ π_ref) on fresh samples for the same prompts, which need no labels.
 * The divergence's gradient is that of λ·sg(log π(y)/π_ref(y) − b)·log π(y), b the mean over the prompt's other answers. arXiv:2406.01462.
 *
 * @param beta β above 0
 * @param lambda λ at least 0
 * @param samples fresh answers per prompt, at least 2
 */
@Method(
        name = "hypo",
        kind = "online",
        papers = "2406.01462",
        source = "arXiv:2406.01462",
        summary = "DPO on given pairs plus a KL penalty on fresh samples",
        formula = "−log σ(β·h) + λ·KL(π ‖ π_ref)")
public record Hypo(
        @Default("0.05") double beta,
        @Default("1e-3") double lambda,
        @Default("2") int samples) implements OnlineMethod {

    public Hypo {
        Require.positive("beta", beta);
        Require.notNegative("lambda", lambda);
        PolicyGradientMethod.atLeastTwo(samples);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), samples);
        List<Group> given = session.before(
                session.before(groups, 1, "a chosen and a rejected completion"), 0, "a chosen completion");
        double[] certain = new double[given.size()];
        Arrays.fill(certain, 1);
        List<TrainingPair> pairs = session.pairs(given, 0, 1, certain);
        double[][] none = new double[groups.size()][samples];
        List<TrainingSingle> drawn = session.singles(groups, none);
        double[] ratios = KlPenalty.ratios(session, drawn);
        double[][] values = new double[groups.size()][samples];
        for (int g = 0; g < values.length; g++) {
            double sum = 0;
            for (int i = 0; i < samples; i++) {
                sum += ratios[g * samples + i];
            }
            for (int i = 0; i < samples; i++) {
                double mine = ratios[g * samples + i];
                values[g][i] = -lambda * (mine - (sum - mine) / (samples - 1));
            }
            session.note("kl", sum / samples * groups.get(g).weight());
        }
        session.learn(List.of(
                session.term(new Dpo(beta, 0), pairs),
                session.term(new Reinforce(0), session.singles(groups, values))));
    }
}
