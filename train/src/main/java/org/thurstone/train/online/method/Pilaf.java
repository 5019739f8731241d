package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * PILAF: DPO on pairs of which half are sampled from the policy, and half have one answer from π·(π/π_ref)^β and one from π·(π/π_ref)^(−β), tilted
 * token by token. arXiv:2502.04270.
 *
 * @param beta β above 0, of the loss and of the tilt
 */
@Method(
        name = "pilaf",
        kind = "online",
        papers = "2502.04270",
        source = "arXiv:2502.04270",
        summary = "online DPO, half of the pairs from policies tilted up and down the implicit reward",
        formula = "y ~ π·(π/π_ref)^β, y' ~ π·(π/π_ref)^(−β): −log σ(β·h)")
public record Pilaf(@Default("0.1") double beta) implements OnlineMethod {

    public Pilaf {
        Require.positive("beta", beta);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.drawAny(List.of(
                List.of(new Source.Own(), new Source.Own()),
                List.of(new Source.Tilted(beta), new Source.Tilted(-beta))));
        session.learn(new Dpo(beta, 0), session.pairs(groups, 0, 1, session.preferences(groups, 0, 1)));
    }
}
