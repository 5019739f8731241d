package org.thurstone.train.loss.link;

import org.thurstone.data.UserError;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;

/**
 * A link of margins over every pair of a list whose values differ: Σ_{v_i > v_j} w_ij·ℓ(s_i − s_j). With a logistic or a hinge and no weights these
 * are LiPO's pair losses, DPO and SLiC of a list of two. Weights are LambdaRank's: the change of the discounted gain if the two were exchanged in the
 * order of the scores, |2^v_i − 2^v_j|·|1/D(τ_i) − 1/D(τ_j)| with D(k) = log(1 + k) and τ the place by score, 1 the highest; they take no gradient.
 * arXiv:2402.01878.
 *
 * <p>Completions with equal scores, such as all of a policy that equals its reference, are ordered by their values, the worst first, so that weights
 * do not depend on the order of the list. Completions that are equal in both share their places. Both were chosen here.
 *
 * @param link of a pair's margin
 * @param weights of pairs
 */
@Method(
        name = "every-pair",
        kind = "link",
        papers = "2402.01878",
        source = "arXiv:2402.01878",
        summary = "every pair of a list, with uniform or LambdaRank weights",
        formula = "Σ_{v_i>v_j} w_ij·ℓ(s_i − s_j)")
public record EveryPair(
        @Default("logistic") MarginLink link,
        @Default("none") Weights weights) implements ListLink {

    /** The weight of a pair. */
    public enum Weights {
        /** All alike. */
        NONE,
        /** By what exchanging the two would do to the discounted gain. */
        LAMBDA
    }

    /** 2 to the power of this is still a number to reckon with; values are grades, not thousands. */
    private static final double MOST = 100;

    @Override
    public Tensor of(Tensor scores, Tensor values, Tensor present) {
        Tensor there = present.gt(0.5);
        Tensor counted = values.unsqueeze(1)
                .lt(values.unsqueeze(2))
                .and(there.unsqueeze(1))
                .and(there.unsqueeze(2));
        Tensor not = counted.not();
        Tensor margin = scores.unsqueeze(2).sub(scores.unsqueeze(1)).maskedFill(not, 0);
        Tensor each = link.of(margin.reshape(-1)).reshape(margin.shape());
        Tensor weighted = weights == Weights.NONE ? each : each.mul(lambda(scores.detach(), values, there));
        return weighted.maskedFill(not, 0).sum(2).sum(1);
    }

    private static Tensor lambda(Tensor scores, Tensor values, Tensor there) {
        for (double value : values.toDoubles()) {
            if (value > MOST) {
                throw new UserError("lambda weights take 2 to the power of a completion's value, and one has the value "
                        + value + ": scale the values to grades");
            }
        }
        Tensor gain = values.mul(Math.log(2)).exp();
        Tensor discount = places(scores, values, there).log1p().pow(-1);
        return difference(gain).mul(difference(discount));
    }

    /** (n, K): 1 the highest. */
    private static Tensor places(Tensor scores, Tensor values, Tensor there) {
        Tensor own = scores.unsqueeze(2);
        Tensor other = scores.unsqueeze(1);
        Tensor level = other.eq(own);
        Tensor worse = values.unsqueeze(1).lt(values.unsqueeze(2));
        Tensor same = level.and(values.unsqueeze(1).eq(values.unsqueeze(2)));
        Tensor ahead = own.lt(other)
                .to(scores.type())
                .add(level.and(worse).to(scores.type()))
                .add(same.to(scores.type()).mul(0.5));
        // Each is level with itself, which makes one half of the 1 that places begin with.
        return ahead.maskedFill(there.not().unsqueeze(1), 0).sum(2).add(0.5);
    }

    private static Tensor difference(Tensor each) {
        return each.unsqueeze(2).sub(each.unsqueeze(1)).abs();
    }
}
