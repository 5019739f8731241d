package org.thurstone.train.online.method;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.score.TwoReferences;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Self-play fine-tuning: DPO with demonstrations as chosen, samples of π_t as rejected, and π_t as reference. No judge is needed. Regularised
 * (arXiv:2404.04291), the reference is the geometric mixture π_t^(1−a)·π_ref^a, and the rejected answers come from all past iterates (fictitious
 * play). arXiv:2401.01335, eq. 4.7.
 *
 * @param beta β above 0; 5 in the paper's last iteration
 * @param regularisation a, in [0, 1]: the share of the reference; as the paper is understood here; it has no code
 * @param rejected source of the rejected answers: {@code own} or {@code past}
 */
@Method(
        name = "spin",
        kind = "online",
        papers = "2404.04291",
        source = "arXiv:2401.01335, eq. 4.7; arXiv:2404.04291",
        summary = "self-play: demonstrations preferred to the policy's own samples",
        formula = "y_l ~ π_t: −log σ(β·h), h against π_t")
public record Spin(
        @Default("0.1") double beta,
        @Default("0") double regularisation,
        @Default("own") Source rejected) implements OnlineMethod {

    public Spin {
        Require.positive("beta", beta);
        Require.unit("regularisation", regularisation);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.before(session.draw(rejected, 1), 0, "a demonstration");
        double[] certain = new double[groups.size()];
        Arrays.fill(certain, 1);
        List<TrainingPair> pairs = session.pairs(groups, 0, 1, certain);
        if (regularisation == 0) {
            session.learn(
                    new Dpo(beta, 0),
                    pairs,
                    Map.of(
                            FrozenLogProbs.REFERENCE,
                            session.logProbs(session.policies().policy(), pairs)));
        } else {
            session.learn(
                    Composed.of(new TwoReferences(1 - regularisation), beta, new Logistic(0)),
                    pairs,
                    Map.of(
                            FrozenLogProbs.SECOND_REFERENCE,
                            session.logProbs(session.policies().policy(), pairs)));
        }
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
