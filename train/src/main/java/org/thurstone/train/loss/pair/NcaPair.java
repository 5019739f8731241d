package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.NoiseContrast;
import org.thurstone.train.loss.score.LogRatio;

/**
 * Noise-contrastive alignment for pairs: −log σ(β·Δ_w) − ½·log σ(−β·Δ_w) − ½·log σ(−β·Δ_l). It keeps the likelihood of the chosen from
 * falling. arXiv:2402.05369.
 *
 * @param beta β above 0
 */
@Method(
        name = "nca-pair",
        kind = "loss",
        source = "arXiv:2402.05369, eq. 12",
        summary = "noise contrast of each completion",
        formula = "−log σ(β·Δ_w) − ½·log σ(−β·Δ_w) − ½·log σ(−β·Δ_l)")
public record NcaPair(@Default("0.1") double beta) implements Preset {

    public NcaPair {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new NoiseContrast());
    }
}
