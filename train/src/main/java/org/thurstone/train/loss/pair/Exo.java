package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.ReverseKl;
import org.thurstone.train.loss.score.LogRatio;

/**
 * EXO for pairs: the reverse KL between the policy's preference and the label, where DPO uses the forward KL. arXiv:2402.00856, eq. 16.
 *
 * @param beta β above 0
 * @param labelSmoothing ε in (0, 0.5)
 */
@Method(
        name = "exo",
        kind = "loss",
        papers = "2402.00856",
        source = "arXiv:2402.00856, eq. 16",
        summary = "reverse KL to the label",
        formula = "KL((σ(β·h), σ(−β·h)) ‖ (1−ε, ε))")
public record Exo(
        @Default("0.1") double beta, @Default("0.001") double labelSmoothing) implements Preset {

    public Exo {
        Require.positive("beta", beta);
        Require.openShare("label-smoothing", labelSmoothing);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new ReverseKl(labelSmoothing));
    }
}
