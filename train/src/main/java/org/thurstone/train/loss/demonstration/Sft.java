package org.thurstone.train.loss.demonstration;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.DemonstrationLoss;
import org.thurstone.train.loss.regulariser.Averaging;
import org.thurstone.train.signal.Signal;

/**
 * Supervised fine-tuning: the negative log-likelihood of demonstrations.
 *
 * @param averaging over all tokens of the batch, so that long completions have more weight; over the tokens of each completion; or none
 */
@Method(
        name = "sft",
        kind = "loss",
        source = "standard",
        summary = "likelihood of demonstrations",
        formula = "−log π(y)")
public record Sft(@Default("batch") Averaging averaging) implements DemonstrationLoss {
    @Override
    public Tensor each(DemonstrationBatch batch) {
        return averaging.negativeLogLikelihood(batch.completions());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
