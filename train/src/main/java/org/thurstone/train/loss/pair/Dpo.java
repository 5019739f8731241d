package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Direct preference optimisation: −log σ(β·h), h the log-ratio to the reference of chosen minus rejected, summed over tokens.
 * arXiv:2305.18290, eq. 7. Soft labels give the expected loss, whose optimum is β·h = logit p.
 *
 * @param beta β above 0: 0.1 for small models, 0.01 for large ones
 * @param labelSmoothing ε in [0, 0.5); above 0 this is cDPO
 */
@Method(
        name = "dpo",
        kind = "loss",
        source = "arXiv:2305.18290, eq. 7",
        summary = "direct preference optimisation",
        formula = "−log σ(β·h)")
public record Dpo(@Default("0.1") double beta, @Default("0") double labelSmoothing) implements Preset {

    public Dpo {
        Require.positive("beta", beta);
        Require.share("label-smoothing", labelSmoothing);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(labelSmoothing));
    }
}
