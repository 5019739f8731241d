package org.thurstone.train.online.method;

import java.util.Arrays;
import java.util.List;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.OnlineMethod;
import org.thurstone.train.online.Session;
import org.thurstone.train.online.Source;

/**
 * Value-incentivised preference optimisation, online: DPO on two fresh samples, plus αβ·log π of a calibration sample, which raises the value of the
 * implied reward. The reward is normalised to mean 0 on the calibration source. arXiv:2405.19320.
 *
 * @param beta β above 0
 * @param alpha α at least 0
 * @param calibration source of the calibration samples, whose likelihood is lowered
 */
@Method(
        name = "vpo",
        kind = "online",
        papers = "2405.19320",
        source = "arXiv:2405.19320",
        summary = "online DPO with optimism: calibration answers become less likely",
        formula = "−log σ(β·h) + αβ·log π(ỹ), ỹ ~ π_cal")
public record Vpo(
        @Default("0.1") double beta,
        @Default("0.01") double alpha,
        @Default("reference") Source calibration) implements OnlineMethod {

    public Vpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
    }

    @Override
    public void step(Session session) {
        List<Group> groups = session.draw(new Source.Own(), new Source.Own());
        List<Group> calibrating = session.draw(calibration);
        double[] away = new double[calibrating.size()];
        Arrays.fill(away, -alpha * beta);
        session.learn(List.of(
                session.term(new Dpo(beta, 0), session.pairs(groups, 0, 1, session.preferences(groups, 0, 1))),
                session.term(new Reinforce(0), session.singles(calibrating, 0, away))));
    }
}
