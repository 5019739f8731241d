package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * General preference optimisation: K answers from π_t, each with its mean preference score ŝ over all K (itself included, 0); the best and the worst
 * are regressed on (Δ − ŝ/β)², Δ the log-ratio to π_t. Where SPPO takes probabilities, this takes the scores of a preference model, s(y ≻ y′) =
 * τ·logit P(y ≻ y′), which may be cyclic. arXiv:2410.02197; K = 5 and three iterations there.
 *
 * @param beta β above 0 (1/η)
 * @param tau τ above 0: the temperature of the preference model, 0.1 for a general preference model and 1 for Bradley–Terry
 * @param samples K, at least 2
 * @param clamp in (0, 0.5): probabilities are clipped to [clamp, 1 − clamp], since a score must be finite; chosen here
 * @param all whether all answers are used instead of only the best and the worst
 */
@Method(
        name = "gpo",
        kind = "online",
        papers = "2410.02197",
        source = "arXiv:2410.02197",
        summary = "self-play: each log-ratio to π_t towards its preference score over the policy's own answers",
        formula = "y_1 … y_K ~ π_t: (Δ − ŝ/β)², ŝ = mean_j τ·logit P(y ≻ y_j)")
public record Gpo(
        @Default("0.001") double beta,
        @Default("0.1") double tau,
        @Default("5") int samples,
        @Default("0.01") double clamp,
        @Default("false") boolean all)
        implements OnlineMethod {

    public Gpo {
        Require.positive("beta", beta);
        Require.positive("tau", tau);
        Require.openShare("clamp", clamp);
        PolicyGradientMethod.atLeastTwo(samples);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), samples);
        double[][] scores = scores(session, groups);
        List<TrainingSingle> drawn = session.singles(groups, scores);
        List<TrainingSingle> kept = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < samples; i++) {
                if (all || i == Extremes.best(scores[g]) || i == Extremes.worst(scores[g])) {
                    kept.add(drawn.get(g * samples + i));
                }
            }
        }
        session.learn(
                new org.thurstone.train.loss.single.Gpo(beta),
                kept,
                Map.of(
                        FrozenLogProbs.REFERENCE,
                        session.logProbs(session.policies().policy(), kept)));
    }

    private double[][] scores(Session session, List<Group> groups) {
        double[][] scores = new double[groups.size()][samples];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j < i; j++) {
                double[] wins = session.preferences(groups, i, j);
                for (int g = 0; g < wins.length; g++) {
                    double score = score(wins[g]) / samples;
                    scores[g][i] += score;
                    scores[g][j] -= score;
                }
            }
        }
        return scores;
    }

    private double score(double probability) {
        double inside = Math.clamp(probability, clamp, 1 - clamp);
        return tau * Math.log(inside / (1 - inside));
    }

    @Override
    public boolean restarts() {
        return true;
    }
}
