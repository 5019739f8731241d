package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.link.MarginLink;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Sample;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Self-play with an adversarial critic, on given pairs: in each round, completions are sampled without a judge, and the reference of the loss {@code
 * spac} is π_t. The paper's bound is for the mean of all rounds' policies; the result of a run is the last one. arXiv:2406.04274.
 *
 * @param beta β above 0: an inverse step size
 * @param lambda λ above 0: weight of the preferences relative to pessimism
 * @param pessimism loss of the reward difference between the data's completions and the policy's
 * @param samples own answers for each pair, at least 1
 */
@Method(
        name = "spac",
        kind = "online",
        papers = "2406.04274",
        source = "arXiv:2406.04274",
        summary = "self-play on given pairs: a critic that is pessimistic about own samples, and steps of mirror"
                + " descent",
        formula = "ỹ ~ π_t: −λ·log σ(β·h) + ℓ(β·(Δ(y) − Δ(ỹ))), against π_t")
public record Spac(
        @Default("0.1") double beta,
        @Default("10") double lambda,
        @Default("logistic") MarginLink pessimism,
        @Default("1") int samples)
        implements OnlineMethod {

    public Spac {
        new org.thurstone.train.loss.pair.Spac(beta, lambda, pessimism, samples); // says what they have to be
    }

    @Override
    public void step(Session session) {
        List<Group> drawn = session.draw(new Source.Own(), samples);
        List<Group> groups =
                session.before(session.before(drawn, 1, "a rejected completion"), 0, "a chosen completion");
        List<TrainingPair> pairs = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            List<int[]> own =
                    group.samples().stream().skip(2).map(Sample::tokens).toList();
            pairs.add(session.pair(g, group, 0, 1, 1).withSamples(own));
        }
        session.learn(
                new org.thurstone.train.loss.pair.Spac(beta, lambda, pessimism, samples),
                pairs,
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        session.logProbs(session.policies().policy(), pairs)));
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
