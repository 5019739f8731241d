package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.SquaredEach;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Self-play preference optimisation: K answers from π_t, each with its win rate P over all K (itself included, a tie); the best and the worst are
 * regressed on (Δ − (P − ½)/β)², Δ the log-ratio to π_t. Minimised to convergence over all answers, it is a step of multiplicative weights, π ∝
 * π_t·exp(P/β). arXiv:2405.00675, algorithm 1; K = 5 and three iterations there.
 *
 * @param beta β above 0 (1/η)
 * @param samples K, at least 2
 * @param all whether all answers are used instead of only the best and the worst
 */
@Method(
        name = "sppo",
        kind = "online",
        papers = "2405.00675",
        source = "arXiv:2405.00675, algorithm 1",
        summary = "self-play: each log-ratio to π_t towards its win rate over the policy's own answers",
        formula = "y_1 … y_K ~ π_t: (Δ − (P − ½)/β)²")
public record Sppo(
        @Default("0.001") double beta,
        @Default("5") int samples,
        @Default("false") boolean all) implements OnlineMethod {

    public Sppo {
        Require.positive("beta", beta);
        PolicyGradientMethod.atLeastTwo(samples);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), samples);
        double[][] wins = session.winRates(groups, true);
        List<TrainingSingle> drawn = session.singles(groups, wins);
        List<TrainingSingle> kept = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < samples; i++) {
                if (all || i == Extremes.best(wins[g]) || i == Extremes.worst(wins[g])) {
                    kept.add(drawn.get(g * samples + i));
                }
            }
        }
        // The mean over single answers of weight 1 is the mean over pairs of half the sum of both.
        session.learn(
                Composed.of(new LogRatio(), 1, new SquaredEach(1 / beta, 1)),
                kept,
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        session.logProbs(session.policies().policy(), kept)));
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
