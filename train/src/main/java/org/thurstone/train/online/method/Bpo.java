package org.thurstone.train.online.method;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * Preference optimisation in proximity to the behaviour model: any loss over pairs, within a trust region around the policy that sampled them. A step
 * is a phase: pairs are sampled from the present policy and labelled, and the loss is minimised with that policy as its reference, whatever the run's
 * reference is. On expectations, with preferences by a reward, a phase of DPO is π ∝ π_t·e^(r/β), and one of IPO π ∝ π_t·e^(P(· ≻ π_t)/τ). A single
 * phase is the offline method with the sampling policy as reference. For existing pairs, set {@code reference} to the policy that sampled them. The
 * authors merge the adapters of several seeds at the end of a phase; this is left out. arXiv:2406.12168.
 *
 * @param loss over pairs, with a reference
 */
@Method(
        name = "bpo",
        kind = "online",
        papers = "2406.12168",
        source = "arXiv:2406.12168",
        summary = "any loss over pairs, with the policy that drew them as its reference",
        formula = "y, y' ~ π_t: loss against π_t")
public record Bpo(@Default("dpo") Loss loss) implements OnlineMethod {

    public Bpo {
        if (!loss.signals().contains(FrozenLogProbs.REFERENCE)) {
            throw new IllegalArgumentException("the loss " + loss.name()
                    + " has no reference, and so no trust region around who drew the pairs: take one with a reference");
        }
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Own());
        List<TrainingPair> pairs = session.pairs(groups, 0, 1, session.preferences(groups, 0, 1));
        session.learn(
                loss,
                pairs,
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        session.logProbs(session.policies().policy(), pairs)));
    }

    @Override
    public Set<Signal> signals() {
        return loss.signals();
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
