package org.thurstone.train.online.method;

import java.util.Arrays;
import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Exploratory preference optimisation: DPO on y from the policy and ỹ from the reference, plus α·log π(ỹ), whichever is preferred: it lowers the
 * likelihood of the reference's samples, which is optimism about other answers. Log-probabilities are sums over tokens. arXiv:2405.21046, algorithm
 * 1.
 *
 * @param beta β above 0
 * @param alpha α at least 0; 1e-5 in TRL, 5e-6 in the authors' runs
 */
@Method(
        name = "xpo",
        kind = "online",
        papers = "2405.21046",
        source = "arXiv:2405.21046, algorithm 1",
        summary = "DPO on own samples against the reference's, with an exploration bonus",
        formula = "y ~ π, ỹ ~ π_ref: −log σ(β·h) + α·log π(ỹ)")
public record Xpo(
        @Default("0.1") double beta, @Default("1e-5") double alpha) implements OnlineMethod {

    public Xpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Reference());
        double[] away = new double[groups.size()];
        Arrays.fill(away, -alpha);
        session.learn(List.of(
                session.term(new Dpo(beta, 0), session.pairs(groups, 0, 1, session.preferences(groups, 0, 1))),
                session.term(new Reinforce(0), session.singles(groups, 1, away))));
    }
}
