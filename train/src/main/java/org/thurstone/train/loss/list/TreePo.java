package org.thurstone.train.loss.list;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.ListPreset;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.AdaptiveSteps;

/**
 * Tree preference optimisation: all paths of a tree of reasoning steps at once, ranked by values, as in LiPO-λ, each path scored by its steps ({@link
 * AdaptiveSteps}). The authors' code has no LambdaRank weights, and it applies another −log σ(β·…) to the mean of the pairs' losses; this is the
 * paper's form. With one step per path it is LiPO-λ. arXiv:2410.12854.
 *
 * @param beta β above 0
 * @param shared in [0, 1]: factor for the weight of a step that several paths share
 */
@Method(
        name = "tree-po",
        kind = "loss",
        papers = "2410.12854",
        source = "arXiv:2410.12854",
        summary = "all paths of a tree of steps, ranked, steps weighted by similarity to the best path's",
        formula = "−Σ_{v_i>v_j} λ_ij·log σ(β·(s_i − s_j)), s = Σ_k w_k·Δ_k / Σ_k w_k")
public record TreePo(
        @Default("0.5") double beta, @Default("0.5") double shared) implements ListPreset {

    public TreePo {
        Require.positive("beta", beta);
        Require.unit("shared", shared);
    }

    @Override
    public Composed composition() {
        return Composed.of(new AdaptiveSteps(shared), beta, new EveryPair(new Logistic(0), EveryPair.Weights.LAMBDA));
    }
}
