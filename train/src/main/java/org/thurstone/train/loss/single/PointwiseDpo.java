package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.link.Classify;
import org.thurstone.train.loss.link.Regression;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.signal.Signal;

/**
 * Point-wise DPO: the implicit reward β·Δ + c of each completion is the logit of its label, or is regressed on its score. arXiv:2312.02554.
 *
 * @param beta β above 0
 * @param shift c: estimate of the prompt's log-partition function
 * @param scores whether values are scores instead of labels
 */
@Method(
        name = "pointwise-dpo",
        kind = "loss",
        papers = "2312.02554",
        source = "arXiv:2312.02554",
        summary = "the implicit reward of single completions as logit of their label, or as their score",
        formula = "−log σ(±(β·Δ + c)), or (v − β·Δ − c)²")
public record PointwiseDpo(
        @Default("0.1") double beta,
        @Default("0") double shift,
        @Default("false") boolean scores) implements SingleLoss {

    public PointwiseDpo {
        Require.positive("beta", beta);
        Require.finite("shift", shift);
    }

    private Composed composition() {
        return Composed.of(new LogRatio(), beta, scores ? new Regression(shift) : new Classify(shift));
    }

    @Override
    public Tensor each(SingleBatch batch) {
        if (!scores) {
            Labels.check("pointwise-dpo", batch);
        }
        return composition().on(batch);
    }

    @Override
    public SingleValues singleValues() {
        return scores ? SingleValues.SCORES : SingleValues.LABELS;
    }

    @Override
    public Set<Signal> signals() {
        return composition().signals();
    }
}
