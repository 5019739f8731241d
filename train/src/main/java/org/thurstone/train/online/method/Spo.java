package org.thurstone.train.online.method;

import java.util.List;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.Signal;

/**
 * Self-play preference optimisation, the minimaximalist one: the reward of an answer is its win rate over the policy's other answers to the
 * same prompt, and any policy gradient climbs it. No opponent has to be kept, no reward model fitted, and preferences may run in circles: on
 * average it finds the minimax winner. The queue of the paper is the group here. arXiv:2401.04056, algorithm 1.
 *
 * @param by how the reward is climbed
 */
@Method(
        name = "spo",
        kind = "online",
        papers = "2401.04056",
        source = "arXiv:2401.04056, algorithm 1",
        summary = "any policy gradient with the win rate over the policy's own answers as reward",
        formula = "r(y_i) = mean_(j≠i) P(y_i ≻ y_j)")
public record Spo(@Default("rloo") PolicyGradientMethod by) implements OnlineMethod {

    public Spo {
        PolicyGradientMethod.atLeastTwo(by.samples());
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), by.samples());
        by.improve(session, groups, session.winRates(groups, false));
    }

    @Override
    public Set<Signal> signals() {
        return by.signals();
    }
}
