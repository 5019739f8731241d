package org.thurstone.train.online.method;

import java.util.List;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.Signal;

/**
 * Any loss over pairs on fresh pairs, with one sample from each of two sources. Several other methods are presets of it.
 *
 * @param loss over pairs
 * @param first source of one answer
 * @param second source of the other answer
 */
@Method(name = "pairs", kind = "online", summary = "any loss over pairs, on fresh pairs from any two sources")
public record Pairs(
        @Default("dpo") Loss loss,
        @Default("own") Source first,
        @Default("own") Source second) implements OnlineMethod {

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(first, second);
        session.learn(loss, session.pairs(groups, 0, 1, session.preferences(groups, 0, 1)));
    }

    @Override
    public Set<Signal> signals() {
        return loss.signals();
    }
}
