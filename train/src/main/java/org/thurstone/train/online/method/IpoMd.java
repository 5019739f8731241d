package org.thurstone.train.online.method;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * IPO-MD: as online IPO, but both answers come from the geometric mixture π^(1−share)·π_ref^share, token by token. With share 0 it is online
 * IPO, with share 1 offline IPO on the reference's answers. arXiv:2403.08635.
 *
 * @param tau τ above 0
 * @param share of the reference in the mixture, in [0, 1]
 */
@Method(
        name = "ipo-md",
        kind = "online",
        papers = "2503.08942",
        source = "arXiv:2403.08635",
        summary = "IPO on pairs from a mixture of policy and reference",
        formula = "y, y' ~ π^(1−c)·π_ref^c: (h − 1/(2τ))²")
public record IpoMd(
        @Default("0.1") double tau, @Default("0.125") double share) implements OnlineMethod {

    public IpoMd {
        Require.positive("tau", tau);
        Require.unit("share", share);
    }

    @Override
    public void step(Session session) {
        Source mixture = new Source.Mixture(share);
        new Pairs(new Ipo(tau, false), mixture, mixture).step(session);
    }
}
