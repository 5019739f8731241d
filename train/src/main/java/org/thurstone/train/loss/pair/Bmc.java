package org.thurstone.train.loss.pair;

import java.util.Optional;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.ConfidentEdits;

/**
 * BMC: DPO on bridged pairs, whose chosen completion is a corrected version of the rejected one, and in which edited tokens have more weight ({@link
 * ConfidentEdits}). The corrections, by people or a model, come with the data. With δ = 0 it is DPO. arXiv:2408.07471.
 *
 * @param beta β above 0
 * @param delta δ at least 0: the largest addition to the weight of an edited token
 */
@Method(
        name = "bmc",
        kind = "loss",
        papers = "2408.07471",
        source = "arXiv:2408.07471",
        summary = "DPO on edited pairs, edited tokens weighted by how little they were expected",
        formula = "−log σ(β·Σ w_t·Δ_t|w−l), w_t = 1 + [changed]·min(1/π, δ)")
public record Bmc(
        @Default("0.05") double beta, @Default("2") double delta) implements Preset {

    public Bmc {
        Require.positive("beta", beta);
        Require.notNegative("delta", delta);
    }

    @Override
    public Optional<SpecialData> specialData() {
        return Optional.of(new SpecialData("pairs of which one completion is the other one edited", "dpo"));
    }

    @Override
    public Composed composition() {
        return Composed.of(new ConfidentEdits(delta), beta, new Logistic(0));
    }
}
