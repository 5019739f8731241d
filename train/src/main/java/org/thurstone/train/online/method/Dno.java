package org.thurstone.train.online.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;
import org.thurstone.train.signal.FrozenLogProbs;

/**
 * Direct Nash optimisation, the practical form: K answers from π_t, plus a demonstration if there is one; the win rate of each against the others;
 * and DPO with reference π_t on all pairs whose win rates differ by enough. arXiv:2404.03715, algorithm 2.
 *
 * @param eta η above 0: DPO's β
 * @param samples K, at least 2
 * @param margin minimum difference of the win rates of a pair, in [0, 1]; the paper only says "large", the default was chosen here
 * @param soft whether the label is σ(r − r'), as in the exact form (algorithm 1), instead of hard
 * @param demonstrations whether the prompt's demonstration takes part in the comparisons
 */
@Method(
        name = "dno",
        kind = "online",
        papers = "2404.03715",
        source = "arXiv:2404.03715, algorithm 2",
        summary = "DPO with reference π_t on own samples whose win rates differ widely",
        formula = "−log σ(η·log π(y⁺)/π_t(y⁺) − η·log π(y⁻)/π_t(y⁻))")
public record Dno(
        @Default("0.1") double eta,
        @Default("5") int samples,
        @Default("0.25") double margin,
        @Default("false") boolean soft,
        @Default("false") boolean demonstrations)
        implements OnlineMethod {

    public Dno {
        Require.positive("eta", eta);
        Require.unit("margin", margin);
        PolicyGradientMethod.atLeastTwo(samples);
    }

    @Override
    public void step(Session session) {
        List<Group> drawn = session.draw(new Source.Own(), samples);
        List<Group> groups = demonstrations ? session.before(drawn, 0, "a demonstration") : drawn;
        double[][] wins = session.winRates(groups, false);
        List<TrainingPair> pairs = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < wins[g].length; i++) {
                for (int j = 0; j < wins[g].length; j++) {
                    double gap = wins[g][i] - wins[g][j];
                    if (gap > 0 && gap >= margin) {
                        double label = soft ? 1 / (1 + Math.exp(-gap)) : 1;
                        pairs.add(session.pair(g, groups.get(g), i, j, label));
                    }
                }
            }
        }
        session.note("pairs", pairs.size());
        session.learn(
                new Dpo(eta, 0),
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
