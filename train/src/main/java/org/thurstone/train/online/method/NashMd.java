package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Nash-MD by policy gradient: y from the policy, y' from the geometric mixture of policy and reference, token by token, and −(P(y ≻ y') − ½)·log π(y)
 * + β·Σ sg[log π/π_ref]·log π. The mixture is of logits; a mixture of probabilities would be another method. arXiv:2312.00886.
 *
 * @param beta β at least 0
 * @param share of the reference in the opponent, in [0, 1]
 */
@Method(
        name = "nash-md",
        kind = "online",
        papers = "2312.00886",
        source = "arXiv:2312.00886",
        summary = "policy gradient of winning against a mixture of policy and reference",
        formula = "y ~ π, y' ~ π^(1−c)·π_ref^c: −(P(y ≻ y') − ½)·log π(y) + β·KL")
public record NashMd(
        @Default("0.1") double beta, @Default("0.5") double share) implements OnlineMethod {

    public NashMd {
        Require.notNegative("beta", beta);
        Require.unit("share", share);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Mixture(share));
        double[] wins = session.preferences(groups, 0, 1);
        for (int g = 0; g < wins.length; g++) {
            session.note("win-rate", wins[g] * groups.get(g).weight());
            wins[g] -= 0.5;
        }
        session.learn(new Reinforce(beta), session.singles(groups, 0, wins));
    }
}
