package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.Snapshot;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Extragradient preference optimisation: the same pairs are regressed on twice from the same θ_t, (h − (P(y ≻ ·) − P(y' ≻ ·))/β)², first with
 * preferences over the present policy, which gives θ_{t+½}, and then, with parameters and optimiser reset to θ_t, with preferences over π_{t+½}. Its
 * fixed point is the Nash policy regularised with β·KL(π ‖ π_ref), reached linearly in the last iterate. arXiv:2503.08942.
 *
 * <p>The source of the pairs only weights the regression; the authors' tabular version weights all pairs equally.
 *
 * @param beta β above 0
 * @param opponents samples of the policy to estimate a win rate, at least 1
 * @param pairs source of both answers of a pair
 */
@Method(
        name = "egpo",
        kind = "online",
        papers = "2503.08942",
        source = "arXiv:2503.08942",
        summary = "extragradient steps to the regularised Nash policy: two half-steps from the same point",
        formula = "(h − (P(y ≻ π) − P(y' ≻ π))/β)², at π_t, then from θ_t again at π_(t+½)")
public record Egpo(
        @Default("0.1") double beta,
        @Default("1") int opponents,
        @Default("own") Source pairs) implements OnlineMethod {

    public Egpo {
        Require.positive("beta", beta);
        if (opponents < 1) {
            throw new IllegalArgumentException("opponents " + opponents + " is below 1");
        }
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(pairs, pairs);
        try (Snapshot start = session.snapshot()) {
            session.learn(loss(), labelled(session, groups));
            List<TrainingPair> overHalfWay = labelled(session, groups);
            session.restore(start);
            session.learn(loss(), overHalfWay);
        }
    }

    /** With targets ±1/β, to which a soft label (1 + P − P')/2 gives the mean (P − P')/β. */
    private Ipo loss() {
        return new Ipo(beta / 2, false);
    }

    private List<TrainingPair> labelled(Session session, List<Group> groups) {
        double[][] wins = session.winRates(groups, new Source.Own(), opponents);
        double[] labels = new double[groups.size()];
        for (int g = 0; g < labels.length; g++) {
            labels[g] = (1 + wins[g][0] - wins[g][1]) / 2;
        }
        return session.pairs(groups, 0, 1, labels);
    }
}
