package org.thurstone.train.loss.single;

import java.util.Set;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.loss.SingleLoss;
import org.thurstone.train.loss.SingleValues;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TableSignal;

/**
 * The clipped surrogate of PPO and related methods: −min(ρ·A, clip(ρ, 1 − low, 1 + high)·A), ρ the likelihood ratio to the policy that drew the
 * completion, plus β times the estimate e^(−u) + u − 1 of the KL divergence from the reference per token, u = log π − log π_ref. A is the example's
 * value, or one value per token if the trainer provides them. Without log-probabilities of the sampling policy, the present policy is assumed: ρ is 1
 * and its gradient is that of log π. arXiv:1707.06347, eq. 7; arXiv:2402.03300, eq. 3.
 *
 * <p>Log-ratios are clipped at 50 to avoid overflow; the gradient is 0 beyond.
 *
 * @param ratio ratio ρ: per token, or per sequence
 * @param clipLow lower clip range of ρ, below 1, in [0, 1]
 * @param clipHigh upper clip range of ρ, above 1, at least 0
 * @param kl β at least 0; 0 needs no reference
 * @param average how tokens become a loss
 * @param length the divisor under {@code fixed}, above 0
 */
@Method(
        name = "policy-gradient",
        kind = "loss",
        source = "arXiv:1707.06347, eq. 7; arXiv:2402.03300, eq. 3",
        summary = "the clipped surrogate of PPO, RLOO and GRPO over completions with advantages",
        formula = "−min(ρ·A, clip(ρ)·A) + β·(e^(−u) + u − 1)")
public record PolicyGradient(
        @Default("token") Ratio ratio,
        @Default("0.2") double clipLow,
        @Default("0.2") double clipHigh,
        @Default("0") double kl,
        @Default("sequence") Average average,
        @Default("256") double length)
        implements SingleLoss {

    /** (n, T): log-probabilities under the policy that drew the completions, where that is not the present one. */
    public static final TableSignal BEHAVIOUR =
            new TableSignal("behaviour", "the log-probabilities under the policy that drew the completions", false);

    /** (n, T): how much better than expected each token was, where one number per completion does not say it. */
    public static final TableSignal ADVANTAGES = new TableSignal("advantages", "an advantage for each token", false);

    private static final double MOST = 50;

    /** What the likelihood ratio is taken over. */
    public enum Ratio {
        /** One ratio per token. */
        TOKEN,
        /** The ratio of the whole completion: the product over its tokens. */
        SEQUENCE,
        /** The geometric mean over the completion's tokens (GSPO, arXiv:2507.18071). */
        MEAN
    }

    /** How tokens become the loss of a completion. A ratio of the whole completion counts once for each token. */
    public enum Average {
        /** The mean over its tokens: GRPO. */
        SEQUENCE,
        /** The sum over its tokens, divided by the mean length in the batch, so that each token of a batch counts alike: BNPO. */
        BATCH,
        /** The sum over its tokens, divided by a fixed length: Dr. GRPO with the longest, DAPO with the mean of all that was drawn. */
        FIXED,
        /** The sum over its tokens. */
        SUM
    }

    public PolicyGradient {
        Require.unit("clip-low", clipLow);
        Require.notNegative("clip-high", clipHigh);
        Require.notNegative("kl", kl);
        Require.positive("length", length);
    }

    @Override
    public Tensor each(SingleBatch batch) {
        Sequences rows = batch.completions();
        Tensor advantage = rows.given(ADVANTAGES).orElseGet(() -> batch.value().unsqueeze(1));
        Tensor log = rows.policy()
                .sub(rows.given(BEHAVIOUR).orElseGet(() -> rows.policy().detach()));
        Tensor rho = (switch (ratio) {
                    case TOKEN -> log;
                    case SEQUENCE -> rows.sumOf(log).unsqueeze(1);
                    case MEAN -> rows.sumOf(log).div(rows.lengths()).unsqueeze(1);
                })
                .clampMax(MOST)
                .exp();
        Tensor clipped = rho.clampMin(1 - clipLow).clampMax(1 + clipHigh);
        Tensor gained = rho.mul(advantage).minimum(clipped.mul(advantage)).neg();
        if (kl > 0) {
            Tensor u = rows.policy().sub(rows.reference());
            gained = gained.add(u.neg().clampMax(MOST).expm1().add(u).mul(kl));
        }
        // Of a whole completion's ratio there is one per row; it is spread over the tokens, so that the averages mean
        // the
        // same.
        Tensor sum = rows.sumOf(gained.expand(rows.mask().shape()));
        return switch (average) {
            case SEQUENCE -> sum.div(rows.lengths());
            case BATCH -> sum.div(Math.max(rows.meanLength(), 1));
            case FIXED -> sum.div(length);
            case SUM -> sum;
        };
    }

    @Override
    public Set<Signal> optionalSignals() {
        return Set.of(ADVANTAGES, BEHAVIOUR);
    }

    @Override
    public SingleValues singleValues() {
        return SingleValues.ADVANTAGES;
    }

    @Override
    public Set<Signal> signals() {
        return kl == 0 ? Set.of() : Set.of(FrozenLogProbs.REFERENCE);
    }
}
