package org.thurstone.train.loss.link;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;

/**
 * (z − log(p/(1−p)))²: the margin is regressed on the log-odds of the label. A hard label has infinite log-odds, so p is kept within
 * [clamp, 1 − clamp]. iREPO, arXiv:2405.15230.
 *
 * @param clamp in (0, 0.5)
 */
@Method(
        name = "squared-logit",
        kind = "link",
        papers = "2405.15230",
        source = "arXiv:2405.15230",
        summary = "the label's log-odds as target",
        formula = "(z − logit p)²")
public record SquaredLogit(@Default("0.05") double clamp) implements MarginLink {

    public SquaredLogit {
        Require.openShare("clamp", clamp);
    }

    @Override
    public Tensor of(Tensor margin) {
        return margin.sub(Math.log((1 - clamp) / clamp)).square();
    }

    @Override
    public Tensor soft(Tensor margin, Tensor swapped, Tensor probability) {
        Tensor p = probability.clampMin(clamp).clampMax(1 - clamp);
        return margin.sub(p.log().sub(p.neg().log1p())).square();
    }
}
