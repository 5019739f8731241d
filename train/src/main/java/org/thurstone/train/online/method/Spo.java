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
 * Minimaximalist self-play preference optimisation: any policy gradient, with the win rate of an answer over the policy's other answers to the same
 * prompt as its reward. It needs no stored opponent and no reward model, and preferences may be cyclic: on average it finds the minimax winner. The
 * paper's queue is replaced by the group of answers. arXiv:2401.04056, algorithm 1.
 *
 * @param by policy-gradient method
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
