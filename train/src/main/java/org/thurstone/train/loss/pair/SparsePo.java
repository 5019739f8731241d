package org.thurstone.train.loss.pair;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.StatisticSignal;

/**
 * SparsePO: DPO with a mask that weights each token, and with token-level KL divergences in the margin: −log σ(β·(u_w − u_l + k_w − k_l)) +
 * λ_u·(‖m^u_w‖₁ + ‖m^u_l‖₁) + λ_k·(the same of m^k), where u = Σ m^u_t·(log π − log π_ref) and k = Σ m^k_t·KL_t(π_ref ‖ π), whose gradient is not
 * stopped (TDPO's first form is the one with all masks 1). The masks come from the reference's states: fixed ones are its activations, averaged over
 * units and layers and scaled to [0, 1] within each completion (1 if all are equal); learned ones are heads over its layers. arXiv:2410.05102.
 *
 * @param beta β above 0
 * @param masks fixed activations, one learned mask for both terms, or one learned mask for each
 * @param marginPenalty λ_u at least 0
 * @param divergencePenalty λ_k at least 0
 */
@Method(
        name = "sparse-po",
        kind = "loss",
        papers = "2410.05102",
        source = "arXiv:2410.05102",
        summary = "DPO with masks that say which tokens matter, and token-level divergence",
        formula = "−log σ(β·(Σ m_u·Δ_t + Σ m_k·KL_t)|w−l) + λ·‖m‖₁")
public record SparsePo(
        @Default("0.8") double beta,
        @Default("independent") Masks masks,
        @Default("0") double marginPenalty,
        @Default("0") double divergencePenalty)
        implements PairLoss {

    /** What each token of the reference is worth, learned: of the margin, and of both terms where there is one mask. */
    public static final PassSignal MASK = new TokenMask("mask", "a learned mask of tokens", 0);

    /** The same of the divergence. */
    public static final PassSignal SECOND_MASK = new TokenMask("second-mask", "a second learned mask of tokens", 1);

    public static final PassSignal ACTIVATION = new Activations("activation", "the reference's activations");

    /** The source of the masks. */
    public enum Masks {
        /** Fixed: the reference's activations (MaPO). */
        ACTIVATIONS,
        /** Learned: one for both terms. */
        COMMON,
        /** Learned: one for each term. */
        INDEPENDENT
    }

    public SparsePo {
        Require.positive("beta", beta);
        Require.notNegative("margin-penalty", marginPenalty);
        Require.notNegative("divergence-penalty", divergencePenalty);
    }

    @Override
    public Set<Signal> signals() {
        return switch (masks) {
            case ACTIVATIONS -> Set.of(FrozenLogProbs.REFERENCE, StatisticSignal.FORWARD_KL, ACTIVATION);
            case COMMON -> Set.of(FrozenLogProbs.REFERENCE, StatisticSignal.FORWARD_KL, MASK);
            case INDEPENDENT -> Set.of(FrozenLogProbs.REFERENCE, StatisticSignal.FORWARD_KL, MASK, SECOND_MASK);
        };
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return link(batch).add(penalty(batch));
    }

    private Tensor link(PairBatch batch) {
        return side(batch.chosen())
                .sub(side(batch.rejected()))
                .mul(beta)
                .logSigmoid()
                .neg();
    }

    private Tensor side(Sequences completions) {
        Tensor ratio = completions.policy().sub(completions.reference());
        return completions.sumOf(ratio.mul(marginMask(completions))
                .add(completions.extra(StatisticSignal.FORWARD_KL).mul(divergenceMask(completions))));
    }

    private Tensor penalty(PairBatch batch) {
        return penalty(batch.chosen()).add(penalty(batch.rejected()));
    }

    /** Masks are nowhere negative. */
    private Tensor penalty(Sequences completions) {
        return completions
                .sumOf(marginMask(completions))
                .mul(marginPenalty)
                .add(completions.sumOf(divergenceMask(completions)).mul(divergencePenalty));
    }

    private Tensor marginMask(Sequences completions) {
        return masks == Masks.ACTIVATIONS ? scaled(completions) : completions.extra(MASK);
    }

    private Tensor divergenceMask(Sequences completions) {
        return masks == Masks.INDEPENDENT ? completions.extra(SECOND_MASK) : marginMask(completions);
    }

    /** Standardising first, as the authors do, changes nothing in this. */
    private static Tensor scaled(Sequences completions) {
        Tensor activation = completions.extra(ACTIVATION).detach();
        Tensor outside = completions.mask().lt(0.5);
        Tensor high = activation.maskedFill(outside, Double.NEGATIVE_INFINITY).max(1, true);
        Tensor low = activation
                .neg()
                .maskedFill(outside, Double.NEGATIVE_INFINITY)
                .max(1, true)
                .neg();
        Tensor range = high.sub(low);
        Tensor flat = range.le(Tensor.zeros(range.type(), range.device(), 1));
        Tensor scaled = activation.sub(low).div(range.maskedFill(flat, 1));
        return scaled.maskedFill(flat.expand(scaled.shape()), 1).maskedFill(outside, 0);
    }

    @Override
    public SequencedMap<String, Tensor> parts(Batch batch) {
        if (!(batch instanceof PairBatch pairs)) {
            throw refusal(batch.kind());
        }
        SequencedMap<String, Tensor> parts = new LinkedHashMap<>();
        Tensor penalty = penalty(pairs);
        parts.put("link", each(pairs).sub(penalty));
        parts.put("sparsity", penalty);
        return parts;
    }
}
