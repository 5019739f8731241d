package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/** A policy-gradient method, which maximises a reward of sampled completions. The reward can be replaced without changing the gradient step. */
public interface PolicyGradientMethod extends OnlineMethod {

    /** Answers that it needs for each prompt, at least 1. */
    int samples();

    /**
     * Updates the policy.
     *
     * @param groups answers of the policy as it is, {@link #samples} each
     * @param rewards one for each answer of each group
     */
    void improve(Session session, List<Group> groups, double[][] rewards);

    @Override
    default void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), samples());
        improve(session, groups, session.rewards(groups));
    }

    /** Refuses a number of answers of which none has another to be compared with. */
    static void atLeastTwo(int samples) {
        if (samples < 2) {
            throw new IllegalArgumentException(
                    "samples " + samples + " is below 2: an answer needs another to be compared with");
        }
    }
}
