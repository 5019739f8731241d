package org.thurstone.train.loss.score;

import java.util.List;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;

/**
 * MRPO's log-ratio to two references at once: log π − log π̃ with 1/π̃ = (1 − α)/π_ref + α/π_second, over whole completions. It is what regularisation towards
 * both by their divergences comes to in closed form. arXiv:2405.16388.
 *
 * <p>Of a pair, α can be the second reference's share of how well the two tell its sides apart, |log π_second(y_w) − log π_second(y_l)| to that of
 * both, ½ where neither does; and the second may differ from the first by a share of the latter's log-probability only: within
 * log π_ref·(1 ± η_w) for the chosen and (1 ± η_l) for the rejected, η_w = η·s and η_l = η·(1 − s), s = |b_w|/(|b_w| + |b_l|) and b the mean of both
 * references' log-probabilities. A completion on its own has the fixed α and s = ½. All of this is without gradient. The authors' code sets the
 * adaptive weight of each reference on the other one; here it is on the reference that it speaks for.
 *
 * @param share α in [0, 1]: of the second reference, where it is not adaptive
 * @param adaptive whether α is taken from each pair
 * @param trust η at least 0: how far the second reference may be from the first; infinite for no bound
 */
@Method(
        name = "harmonic-references",
        kind = "score",
        papers = "2405.16388",
        source = "arXiv:2405.16388",
        summary = "log-ratio to a harmonic mixture of two references",
        formula = "Σ log π + log((1−α)/π_ref + α/π_second)")
public record HarmonicReferences(
        @Default("0.5") double share,
        @Default("true") boolean adaptive,
        @Default("0.1") double trust) implements Score {

    public HarmonicReferences {
        Require.unit("share", share);
        if (!(trust >= 0)) {
            throw new IllegalArgumentException("trust " + trust + " is not a number of at least 0");
        }
    }

    @Override
    public Tensor of(Sequences completions) {
        return score(completions, completions.constant(share), completions.constant(0.5));
    }

    @Override
    public PairScores of(PairBatch pairs) {
        Tensor chosen = share(pairs);
        Tensor first = size(pairs.chosen());
        Tensor ofBoth = first.add(size(pairs.rejected())).clampMin(1e-12);
        Tensor s = first.div(ofBoth);
        return new PairScores(
                score(pairs.chosen(), chosen, s),
                score(pairs.rejected(), chosen, s.neg().add(1)));
    }

    /** (n): α. */
    private Tensor share(PairBatch pairs) {
        if (!adaptive) {
            return pairs.chosen().constant(share);
        }
        Tensor first = first(pairs.chosen()).sub(first(pairs.rejected())).abs();
        Tensor second = second(pairs.chosen()).sub(second(pairs.rejected())).abs();
        Tensor both = first.add(second);
        return second.div(both.clampMin(1e-12)).maskedFill(both.lt(1e-12), 0.5);
    }

    private static Tensor first(Sequences completions) {
        return completions.sumOf(completions.reference());
    }

    private static Tensor second(Sequences completions) {
        return completions.sumOf(completions.extra(FrozenLogProbs.SECOND_REFERENCE));
    }

    /** (n): |b|. */
    private static Tensor size(Sequences completions) {
        return first(completions).add(second(completions)).div(2).abs();
    }

    private Tensor score(Sequences completions, Tensor alpha, Tensor partOfTrust) {
        Tensor first = first(completions);
        Tensor second = second(completions);
        if (Double.isFinite(trust)) {
            Tensor room = first.mul(partOfTrust).mul(trust).abs();
            second = second.maximum(first.sub(room)).minimum(first.add(room));
        }
        Tensor inverse = Tensor.stack(
                        List.of(alpha.neg().log1p().sub(first), alpha.log().sub(second)), 1)
                .logSumExp(1, false);
        return completions.sum().add(inverse.detach());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of(FrozenLogProbs.REFERENCE, FrozenLogProbs.SECOND_REFERENCE);
    }
}
