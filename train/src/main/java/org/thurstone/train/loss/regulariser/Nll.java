package org.thurstone.train.loss.regulariser;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;

/**
 * The negative log-likelihood of the better completion, which keeps preference losses from lowering the likelihood of both. Published forms differ in
 * averaging: IRPO averages over the tokens of each completion (arXiv:2404.19733, eq. 1), RPO sums, with weight η·β (arXiv:2405.16436), TRL averages
 * over all tokens of the batch.
 *
 * @param weight at least 0
 * @param averaging over the tokens of the batch, of each completion, or not at all
 */
@Method(
        name = "nll",
        kind = "regulariser",
        papers = {"2404.19733", "2405.16436"},
        source = "arXiv:2404.19733, eq. 1",
        summary = "likelihood of the better completion",
        formula = "−w·log π(y) / |y|")
public record Nll(
        @Default("1") double weight, @Default("completion") Averaging averaging) implements Regulariser {

    public Nll {
        Require.notNegative("weight", weight);
    }

    @Override
    public Tensor of(Sequences better) {
        return averaging.negativeLogLikelihood(better).mul(weight);
    }
}
