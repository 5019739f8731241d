package org.thurstone.train.loss.list;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.ListPreset;
import org.thurstone.train.loss.link.PlackettLuce;
import org.thurstone.train.loss.score.LogRatio;

/**
 * DPO over rankings: the Plackett–Luce likelihood of β·Δ. For two completions it is DPO. arXiv:2305.18290, eq. 20.
 *
 * @param beta β above 0
 */
@Method(
        name = "plackett-luce-dpo",
        kind = "loss",
        source = "arXiv:2305.18290, eq. 20",
        summary = "DPO over rankings",
        formula = "−Σ_k (β·Δ_k − log Σ_{i≥k} e^{β·Δ_i})")
public record PlackettLuceDpo(@Default("0.1") double beta) implements ListPreset {

    public PlackettLuceDpo {
        Require.positive("beta", beta);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new PlackettLuce());
    }
}
