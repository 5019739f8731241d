package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.offset.EarlierReward;
import org.thurstone.train.loss.score.LogRatio;

/**
 * SPO learns several dimensions of preference one after another: DPO on the pairs of the second dimension, from the policy π_1 that learned the
 * first, so that the first one's implicit reward R = β·log(π_1/π_0) does not fall. π_1 is the reference, and π_0 the second reference. The optimum is
 * π ∝ π_1·exp((R_2 + λ·R)/β), so that λ = 0 is DPO. With more dimensions, each has a sum over all earlier ones, R_2 = β·log(π_2/π_1) − λ·R_1 and so
 * on; sums over more than two policies can be given as the margins of pairs, with the offset {@code data-margin}. arXiv:2405.12739; the loss is
 * derived from its constraint form, and the default of λ was chosen here.
 *
 * @param beta β above 0, of both trainings
 * @param lambda λ at least 0: the multiplier of the earlier dimension
 */
@Method(
        name = "sequential-dpo",
        kind = "loss",
        papers = "2405.12739",
        source = "arXiv:2405.12739",
        summary = "DPO on a further dimension that preserves an earlier one",
        formula = "−log σ(β·h − λ·β·[log π_ref/π_second]_{w−l})")
public record SequentialDpo(
        @Default("0.1") double beta, @Default("0.5") double lambda) implements Preset {

    public SequentialDpo {
        Require.positive("beta", beta);
        Require.notNegative("lambda", lambda);
    }

    @Override
    public Composed composition() {
        return Composed.of(new LogRatio(), beta, new Logistic(0)).withOffset(new EarlierReward(lambda * beta));
    }
}
