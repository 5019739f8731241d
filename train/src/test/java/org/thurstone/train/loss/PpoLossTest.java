package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.loss.single.Ppo;
import org.thurstone.train.signal.CriticSignal;

/** PPO's joint loss: the critic's part by hand, the policy's against the surrogate on its own. */
class PpoLossTest {

    private static final double[] POLICY = {-1, -0.5, -0.3, 0};
    private static final double[] OLD = {-1.4, -0.4, -0.6, 0};
    private static final double[] MASK = {1, 1, 1, 0};
    private static final double[] ADVANTAGE = {0.5, -1, 2, 0};
    private static final double[] VALUE = {0.9, 0.1, -0.5, 0};
    private static final double[] OLD_VALUE = {0.5, 0.0, -0.6, 0};
    private static final double[] RETURN = {1, 0.4, -0.2, 0};

    private static Sequences rows(Tensor policy, Tensor value) {
        return new Sequences(
                policy,
                Tensor.of(MASK, 2, 2),
                Map.of(
                        CriticSignal.VALUE, value,
                        Ppo.OLD_VALUE, Tensor.of(OLD_VALUE, 2, 2),
                        Ppo.RETURNS, Tensor.of(RETURN, 2, 2),
                        PolicyGradient.ADVANTAGES, Tensor.of(ADVANTAGE, 2, 2),
                        PolicyGradient.BEHAVIOUR, Tensor.of(OLD, 2, 2)),
                1.5);
    }

    private static SingleBatch batch(Sequences rows) {
        return SingleBatch.of(rows, Tensor.of(new double[] {0, 0}, 2));
    }

    @Test
    void theCriticsPartIsTheWorseOfTwoSquares() {
        try (Scope scope = Scope.open()) {
            Tensor value = Tensor.of(VALUE, 2, 2).requiresGrad(true);
            Tensor policy = Tensor.of(POLICY, 2, 2).requiresGrad(true);
            Tensor each =
                    new Ppo(0.2, 0.2, 0.1).parts(batch(rows(policy, value))).get("value");
            // Token 1: clipped to 0.7, (0.7 − 1)² = 0.09 is more than (0.9 − 1)². Token 2: within reach, (0.1 − 0.4)² =
            // 0.09. Token 3: within
            // reach, (−0.5 + 0.2)² = 0.09. Half of it, times 0.1, divided by 1.5 tokens per answer.
            assertThat(each.toDoubles())
                    .containsExactly(new double[] {0.1 * 0.5 * 0.18 / 1.5, 0.1 * 0.5 * 0.09 / 1.5}, within(1e-12));
            each.mean().backward();
            // Where the clipped one is the worse nothing flows; elsewhere 0.1·(V − R)/1.5, and the mean over two
            // answers.
            assertThat(value.gradient().toDoubles())
                    .containsExactly(new double[] {0, 0.1 * -0.3 / 1.5 / 2, 0.1 * -0.3 / 1.5 / 2, 0}, within(1e-12));
            assertThat(policy.grad().map(Tensor::toDoubles).stream()
                            .flatMapToDouble(Arrays::stream)
                            .allMatch(g -> g == 0))
                    .isTrue();
        }
    }

    @Test
    void thePolicysPartIsTheSurrogate() {
        try (Scope scope = Scope.open()) {
            Tensor policy = Tensor.of(POLICY, 2, 2).requiresGrad(true);
            Tensor value = Tensor.of(VALUE, 2, 2);
            new Ppo(0.2, 0.2, 0.1).each(batch(rows(policy, value))).mean().backward();
            // ρ = e^0.4, e^−0.1, e^0.3, of which the first is beyond 1.2 with A > 0, and so is the third: only the
            // second token moves.
            assertThat(policy.gradient().toDoubles())
                    .containsExactly(new double[] {0, Math.exp(-0.1) / 1.5 / 2, 0, 0}, within(1e-12));
            Tensor alone = new PolicyGradient(PolicyGradient.Ratio.TOKEN, 0.2, 0.2, 0, PolicyGradient.Average.BATCH, 1)
                    .each(batch(rows(policy, value)));
            assertThat(new Ppo(0.2, 0.2, 0.1)
                            .parts(batch(rows(policy, value)))
                            .get("policy")
                            .toDoubles())
                    .containsExactly(alone.toDoubles(), within(1e-12));
        }
    }

    @Test
    void extremesStayFinite() {
        for (double far : new double[] {1e4, -1e4}) {
            try (Scope scope = Scope.open()) {
                Tensor policy = Tensor.of(
                                Arrays.stream(POLICY).map(x -> x + far).toArray(), 2, 2)
                        .requiresGrad(true);
                Tensor value = Tensor.of(Arrays.stream(VALUE).map(x -> x + far).toArray(), 2, 2)
                        .requiresGrad(true);
                Tensor loss =
                        new Ppo(0.2, 0.2, 0.1).each(batch(rows(policy, value))).mean();
                loss.backward();
                assertThat(loss.finite()).isTrue();
                assertThat(policy.gradient().finite()).isTrue();
                assertThat(value.gradient().finite()).isTrue();
            }
        }
    }
}
