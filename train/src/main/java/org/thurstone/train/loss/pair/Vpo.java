package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Exploration;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Value-incentivised preference optimisation: DPO regularised by the value of the fitted reward, which for a reward with mean 0 on calibration
 * completions is −β·E_cal[log π − log π_ref]. Optimism, for online loops, raises the value: +α·β·E[log π − log π_ref] on samples of the reference.
 * Pessimism, for offline data, lowers it: −α·β·log π of the chosen, which is RPO's term. arXiv:2405.19320. The authors' code was not available; the
 * formulas are derived from the paper's definitions.
 *
 * @param beta β above 0
 * @param alpha α at least 0
 * @param attitude towards what the data do not determine
 * @param samples of the reference for each example, at least 1; only for optimism
 */
@Method(
        name = "vpo",
        kind = "loss",
        papers = "2405.19320",
        source = "arXiv:2405.19320",
        summary = "DPO with optimism or pessimism about the value",
        formula = "−log σ(β·h) ± α·β·E_cal[log π − log π_ref]")
public record Vpo(
        @Default("0.1") double beta,
        @Default("0.1") double alpha,
        @Default("pessimistic") Attitude attitude,
        @Default("1") int samples)
        implements Preset {

    /** The attitude towards what the data do not determine. */
    public enum Attitude {
        /** It may be better: explore. */
        OPTIMISTIC,
        /** It may be worse: stay. */
        PESSIMISTIC
    }

    public Vpo {
        Require.positive("beta", beta);
        Require.notNegative("alpha", alpha);
        new Exploration(alpha, true, samples); // says what they have to be
    }

    @Override
    public Composed composition() {
        Composed dpo = Composed.of(new LogRatio(), beta, new Logistic(0));
        return switch (attitude) {
            case OPTIMISTIC -> dpo.plus(new Exploration(alpha * beta, true, samples));
            case PESSIMISTIC -> dpo.plus(new Nll(alpha * beta, Averaging.SUM));
        };
    }
}
