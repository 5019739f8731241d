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
 * Multi-turn DPO: a whole trajectory against another one of the same prompt, its log-ratio summed over every turn of the assistant. What a tool or a
 * user says in between is read and not scored, under policy and reference alike: it is no choice of the policy's. Conversations are encoded
 * that way, so a trajectory is given as a completion of several turns. The exact objective has a term more for each turn, the value of what came
 * less that of what was to be expected; it is 0 where tools are deterministic, and left out here as it is by the authors. The reference is the
 * previous iterate. arXiv:2409.02392, eq. 13.
 *
 * @param beta β above 0
 * @param nll at least 0: of the likelihood of the better trajectory, per token, that the authors may add
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
