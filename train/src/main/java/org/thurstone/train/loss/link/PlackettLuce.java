package org.thurstone.train.loss.link;

import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/**
 * The negative log-likelihood of a ranking: −Σ_k (s_k − log Σ_{i not better than k} exp s_i), over all completions that are better than another. For
 * two it is the logistic link. Ties are handled by Breslow's method; a list in which all are tied costs 0. arXiv:2305.18290, eq. 18.
 */
@Method(
        name = "plackett-luce",
        kind = "link",
        source = "arXiv:2305.18290, eq. 18",
        summary = "likelihood of a ranking",
        formula = "−Σ_k (s_k − log Σ_{i≥k} e^{s_i})")
public record PlackettLuce() implements ListLink {

    @Override
    public Tensor of(Tensor scores, Tensor values, Tensor present) {
        long lists = scores.size(0);
        long width = scores.size(1);
        Tensor there = present.gt(0.5).unsqueeze(1);
        Tensor other = values.unsqueeze(1);
        Tensor own = values.unsqueeze(2);
        Tensor rivals = other.le(own).and(there);
        Tensor worse = other.lt(own).and(there).to(scores.type()).sum(2).gt(0.5);
        Tensor field = scores.unsqueeze(1)
                .expand(lists, width, width)
                .maskedFill(rivals.not(), MaskedSoftmax.NEVER)
                .logSumExp(2, false);
        Tensor counted = worse.to(scores.type()).mul(present);
        // What is not counted has no rivals of its own, and its difference is of no size that one can multiply by 0.
        return field.sub(scores).maskedFill(counted.lt(0.5), 0).sum(1);
    }
}
