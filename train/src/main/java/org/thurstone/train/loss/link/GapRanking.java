package org.thurstone.train.loss.link;

import java.util.List;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/**
 * PRO's ranking: a Plackett–Luce likelihood with sharper discrimination of completions that are far worse. At each completion that is better than
 * another, −log of e^(s_k·m_k) / (e^(s_k·m_k) + Σ_{i worse} e^(s_i·m_ki)), with m_ki = v_k − v_i, the gap of the values, and m_k the largest of them;
 * the paper divides by temperatures that are their inverses. Gaps are in units of the values; for a ranking without scores, they are differences of
 * places. Completions that are equally good do not compete; this was chosen here, since the paper has no ties. arXiv:2306.17492.
 */
@Method(
        name = "gap-ranking",
        kind = "link",
        papers = "2306.17492",
        source = "arXiv:2306.17492",
        summary = "likelihood of a ranking, with temperatures from the gaps of values",
        formula = "Σ_k −log(e^{s_k·m_k} / (e^{s_k·m_k} + Σ_{i worse} e^{s_i·(v_k − v_i)}))")
public record GapRanking() implements ListLink {

    @Override
    public Tensor of(Tensor scores, Tensor values, Tensor present) {
        Tensor there = present.gt(0.5);
        Tensor gaps = values.unsqueeze(2).sub(values.unsqueeze(1));
        Tensor rivals = gaps.gt(0).and(there.unsqueeze(1)).and(there.unsqueeze(2));
        Tensor largest = gaps.maskedFill(rivals.not(), 0).max(2, false);
        Tensor own = scores.mul(largest);
        Tensor theirs = scores.unsqueeze(1).mul(gaps).maskedFill(rivals.not(), MaskedSoftmax.NEVER);
        Tensor field = Tensor.cat(List.of(own.unsqueeze(2), theirs), 2).logSumExp(2, false);
        // Where nothing is worse, field and own agree: m is 0 there.
        return field.sub(own).sum(1);
    }
}
