package org.thurstone.train.online.method;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Online DPO: two samples of the present policy are labelled, followed by one step of DPO against the reference. arXiv:2402.04792.
 *
 * @param beta β above 0
 */
@Method(
        name = "online-dpo",
        kind = "online",
        source = "arXiv:2402.04792",
        summary = "DPO on pairs of fresh samples",
        formula = "y, y' ~ π: −log σ(β·h)")
public record OnlineDpo(@Default("0.1") double beta) implements OnlineMethod {

    public OnlineDpo {
        Require.positive("beta", beta);
    }

    @Override
    public void step(Session session) {
        new Pairs(new Dpo(beta, 0), new Source.Own(), new Source.Own()).step(session);
    }
}
