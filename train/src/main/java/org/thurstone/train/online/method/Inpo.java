package org.thurstone.train.online.method;

import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Iterative Nash policy optimisation: both completions come from π_t, and the regression is regularised towards π_ref and π_t. A step minimised to
 * convergence is a step of mirror descent: π ∝ exp(P(· ≻ π_t)/η)·π_ref^(τ/η)·π_t^(1−τ/η). arXiv:2407.00617, algorithm 1; T = 3 there.
 *
 * @param eta η above τ: an inverse step size
 * @param tau τ at least 0
 */
@Method(
        name = "inpo",
        kind = "online",
        papers = "2407.00617",
        source = "arXiv:2407.00617, algorithm 1",
        summary = "mirror descent towards the regularised Nash policy, one regression per iteration",
        formula = "y, y' ~ π_t: (h_t − 1/(2η))²")
public record Inpo(
        @Default("0.0075") double eta, @Default("0.0025") double tau) implements OnlineMethod {

    public Inpo {
        new org.thurstone.train.loss.pair.Inpo(eta, tau);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Own());
        List<TrainingPair> pairs = session.pairs(groups, 0, 1, session.preferences(groups, 0, 1));
        session.learn(
                new org.thurstone.train.loss.pair.Inpo(eta, tau),
                pairs,
                Map.of(
                        FrozenLogProbs.SECOND_REFERENCE,
                        session.logProbs(session.policies().policy(), pairs)));
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
