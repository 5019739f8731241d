package org.thurstone.train.online.method;

import java.util.List;
import java.util.Map;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Session;

/**
 * Group-relative policy optimisation: A = (r − the group's mean)/(the group's deviation + 1e-4), one likelihood ratio per token, and the KL
 * divergence in the loss. arXiv:2402.03300, eq. 3. Related methods average tokens differently; in addition, Dr. GRPO (arXiv:2503.20783) does not
 * divide by the deviation ({@code scale: false}), and DAPO (arXiv:2503.14476) has a higher upper clip range ({@code clip-high: 0.28}).
 *
 * @param samples answers per prompt, at least 2; 64 in the paper, 8 in TRL
 * @param scale whether advantages are divided by the group's deviation
 * @param kl β of the divergence to the reference, at least 0; 0.04 in the paper, 0 in TRL
 * @param clipLow lower clip range of the ratio, below 1
 * @param clipHigh upper clip range of the ratio, above 1
 * @param average how tokens become a loss
 * @param length the divisor of {@code dr-grpo}, in tokens: the longest answer that sampling allows
 */
@Method(
        name = "grpo",
        kind = "online",
        source = "arXiv:2402.03300, eq. 3; arXiv:2503.20783; arXiv:2503.14476",
        summary = "policy gradient with advantages relative to the prompt's other answers",
        formula = "A = (r − mean)/(std + 1e-4): −min(ρ·A, clip(ρ)·A) + β·(e^(−u) + u − 1)")
public record Grpo(
        @Default("8") int samples,
        @Default("true") boolean scale,
        @Default("0.04") double kl,
        @Default("0.2") double clipLow,
        @Default("0.2") double clipHigh,
        @Default("grpo") Average average,
        @Default("256") double length)
        implements PolicyGradientMethod {

    /** How tokens become a loss; {@code bnpo} and {@code dapo} differ where a step's answers are learned from in several batches. */
    public enum Average {
        /** The mean over an answer's tokens, then over answers: short answers' tokens count more. */
        GRPO,
        /** The mean over all tokens of a batch. */
        BNPO,
        /** The sum over tokens, divided by answers times {@code length}. */
        DR_GRPO,
        /** The mean over all tokens that the step drew. */
        DAPO
    }

    public Grpo {
        PolicyGradientMethod.atLeastTwo(samples);
        Require.notNegative("kl", kl);
        Require.unit("clip-low", clipLow);
        Require.notNegative("clip-high", clipHigh);
        Require.positive("length", length);
    }

    @Override
    public void improve(Session session, List<Group> groups, double[][] rewards) {
        List<TrainingSingle> drawn = session.singles(groups, Advantages.ofGroup(rewards, scale));
        session.learn(
                loss(drawn),
                drawn,
                Map.of(
                        PolicyGradient.BEHAVIOUR,
                        session.logProbs(session.policies().policy(), drawn)));
    }

    private PolicyGradient loss(List<TrainingSingle> drawn) {
        return switch (average) {
            case GRPO -> loss(PolicyGradient.Average.SEQUENCE, 1);
            case BNPO -> loss(PolicyGradient.Average.BATCH, 1);
            case DR_GRPO -> loss(PolicyGradient.Average.FIXED, length);
            case DAPO ->
                loss(
                        PolicyGradient.Average.FIXED,
                        drawn.stream()
                                .mapToInt(TrainingSingle::scoredCount)
                                .average()
                                .orElse(1));
        };
    }

    private PolicyGradient loss(PolicyGradient.Average tokens, double by) {
        return new PolicyGradient(PolicyGradient.Ratio.TOKEN, clipLow, clipHigh, kl, tokens, by);
    }
}
