package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.score.LogRatio;

/**
 * DPO that also trains on rationales: −log σ(β·h) − γ·log π(r | x, y_w, y_l), r a rationale that comes with the pair. For other losses than DPO add
 * the regulariser {@code rationale}. arXiv:2407.14477.
 *
 * @param beta β above 0
 * @param gamma γ at least 0
 * @param form of the second term: the paper's likelihood, or the logistic one of the released code
 */
@Method(
        name = "rationale-dpo",
        kind = "loss",
        papers = "2407.14477",
        source = "arXiv:2407.14477",
        summary = "DPO plus the likelihood of the rationale",
        formula = "−log σ(β·h) − γ·log π(r | x, y_w, y_l)")
public record RationaleDpo(
        @Default("0.1") double beta,
        @Default("0.1") double gamma,
        @Default("likelihood") Rationale.Form form) implements Preset {

    public RationaleDpo {
        Require.positive("beta", beta);
        Require.notNegative("gamma", gamma);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).plus(new Rationale(gamma, Averaging.SUM, form));
    }
}
