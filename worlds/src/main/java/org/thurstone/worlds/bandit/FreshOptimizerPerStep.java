package org.thurstone.worlds.bandit;

import java.util.Set;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.signal.Signal;

/** A method whose every step is a training of its own, with a new optimiser, whatever the method itself would have. */
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
