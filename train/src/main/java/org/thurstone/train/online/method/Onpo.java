package org.thurstone.train.online.method;

import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Optimistic Nash policy optimisation. It keeps two policies: π, which is sampled from, and π'. Each step samples pairs from π and makes two
 * regressions on them, (h − η/2)² with h the log-ratio of chosen minus rejected to π'_t, which gives π'_{t+1}, and then to π'_{t+1}, which gives
 * π_{t+1}. There is no reference: the last iterate converges to the Nash policy of the unregularised game. η is a step size here. Both policies start
 * as the initial policy. arXiv:2502.16852.
 *
 * @param eta η above 0; its last iterate converges for η up to 1/8
 */
@Method(
        name = "onpo",
        kind = "online",
        papers = "2502.16852",
        source = "arXiv:2502.16852",
        summary = "optimistic mirror descent to the Nash policy: two regressions on the same pairs",
        formula = "y, y' ~ π_t: (h − η/2)² to π'_t, then to π'_(t+1)")
public record Onpo(@Default("0.125") double eta) implements OnlineMethod {

    private static final String PRIME = "onpo-prime";

    public Onpo {
        Require.positive("eta", eta);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Own());
        List<TrainingPair> pairs = session.pairs(groups, 0, 1, session.preferences(groups, 0, 1));
        session.stored(PRIME).ifPresent(session::restore);
        regress(session, pairs);
        session.store(PRIME);
        regress(session, pairs);
    }

    /** From the policy as it is, which is also what it is regressed on. */
    private void regress(Session session, List<TrainingPair> pairs) {
        session.learn(
                new Ipo(1 / eta, false),
                pairs,
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        session.logProbs(session.policies().policy(), pairs)));
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
