package org.thurstone.worlds.bandit;

import java.util.Set;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.signal.Signal;

/** A method that starts every step with a new optimiser. */
public record FreshOptimizerPerStep(OnlineMethod method) implements OnlineMethod {

    @Override
    public void step(Session session) {
        method.step(session);
    }

    @Override
    public Set<Signal> signals() {
        return method.signals();
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
