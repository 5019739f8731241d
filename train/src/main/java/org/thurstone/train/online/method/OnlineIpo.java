package org.thurstone.train.online.method;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Online IPO: two samples of the present policy are labelled, followed by one step of IPO on sums. Its fixed point is the Nash policy of the
 * preference game with τ·KL(π ‖ π_ref): π ∝ π_ref·exp(P(· ≻ π)/τ). arXiv:2403.08635.
 *
 * @param tau τ above 0
 */
@Method(
        name = "online-ipo",
        kind = "online",
        papers = "2503.08942",
        source = "arXiv:2403.08635",
        summary = "IPO on pairs of fresh samples: converges to the regularised Nash policy",
        formula = "y, y' ~ π: (h − 1/(2τ))²")
public record OnlineIpo(@Default("0.1") double tau) implements OnlineMethod {

    public OnlineIpo {
        Require.positive("tau", tau);
    }

    @Override
    public void step(Session session) {
        new Pairs(new Ipo(tau, false), new Source.Own(), new Source.Own()).step(session);
    }
}
