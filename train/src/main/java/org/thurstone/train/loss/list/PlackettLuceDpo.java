package org.thurstone.train.loss.list;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Composed;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.ListLoss;
import org.thurstone.train.loss.Need;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.link.PlackettLuce;
import org.thurstone.train.loss.score.LogRatio;

/**
 * DPO over rankings: the Plackett–Luce likelihood of β·Δ. Of two completions it is DPO. arXiv:2305.18290, eq. 20.
 *
 * @param beta β above 0
 */
@Method(
        name = "plackett-luce-dpo",
        kind = "loss",
        source = "arXiv:2305.18290, eq. 20",
        summary = "DPO over rankings",
        formula = "−Σ_k (β·Δ_k − log Σ_{i≥k} e^{β·Δ_i})")
public record PlackettLuceDpo(@Default("0.1") double beta) implements ListLoss {

    public PlackettLuceDpo {
        Require.positive("beta", beta);
    }

    private Composed composition() {
        return Composed.of(new LogRatio(), beta, new PlackettLuce());
    }

    @Override
    public Tensor each(ListBatch batch) {
        return composition().on(batch);
    }

    @Override
    public Set<Need> needs() {
        return composition().needs();
    }
}
