package org.thurstone.train.loss.pair;

import java.util.Optional;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.WeightedLogRatio;

/**
 * IterPref: DPO on all tokens of the chosen completion, but only on the tokens of the error region in the rejected one; the regions are given as
 * token weights in the data. arXiv:2503.02783.
 *
 * @param beta β above 0
 */
@Method(
        name = "iterpref",
        kind = "loss",
        papers = "2503.02783",
        source = "arXiv:2503.02783",
        summary = "DPO on the erroneous tokens of the rejected",
        formula = "−log σ(β·(Δ_w − Σ_{t∈error} Δ_l,t))")
public record IterPref(@Default("0.1") double beta) implements Preset {

    public IterPref {
        Require.positive("beta", beta);
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("annotated error regions of completions", "dpo"));
    }

    @Override
    public Composed composition() {
        return Composed.of(new WeightedLogRatio(), beta, new Logistic(0));
    }
}
