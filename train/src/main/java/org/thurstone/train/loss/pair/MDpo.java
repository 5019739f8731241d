package org.thurstone.train.loss.pair;

import java.util.Optional;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Multi-turn DPO: compares two whole trajectories of the same prompt; log-ratios are summed over all assistant turns. Turns of tools and users are
 * context and are not scored, since the policy does not choose them. A trajectory is given as a completion of several turns. The exact objective has
 * an additional term for each turn, the value of the actual outcome minus the expected value. It is 0 if tools are deterministic, and is left out
 * here, as by the authors. The reference is the previous iterate. arXiv:2409.02392, eq. 13.
 *
 * @param beta β above 0
 * @param nll weight, at least 0, of the likelihood per token of the better trajectory, an option of the authors
 */
@Method(
        name = "m-dpo",
        kind = "loss",
        papers = "2409.02392",
        source = "arXiv:2409.02392",
        summary = "DPO on multi-turn trajectories, tool output masked",
        formula = "−log σ(β·Σ_turns (Δ_w − Δ_l))")
public record MDpo(
        @Default("0.1") double beta, @Default("0") double nll) implements Preset {

    public MDpo {
        Require.positive("beta", beta);
        Require.notNegative("nll", nll);
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("trajectories of several turns", "dpo"));
    }

    @Override
    public Composed composition() {
        Composed turns = Composed.of(new LogRatio(), beta, new Logistic(0));
        return nll == 0 ? turns : turns.plus(new Nll(nll, Averaging.COMPLETION));
    }
}
