package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.OutputGradients;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.model.head.Critic;
import org.thurstone.model.head.LinearHead;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** What a pass gives in addition to log-probabilities, and the gradients that come back through it. */
class StatesTest {

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Σ of everything that a pass can be asked for, each with coefficients of its own, and its slopes. */
    private static final class Everything {
        private final Policy reference;
        private final List<TokenTree> trees;

        Everything(Policy reference, List<TokenTree> trees) {
            this.reference = reference;
            this.trees = trees;
        }

        private Forward forward(Policy policy, boolean training) {
            Forward other = reference.forward(trees, false);
            return policy.forward(
                    trees,
                    ForwardRequest.of(training)
                            .against(other)
                            .with(Statistic.values())
                            .with(State.BEFORE, State.AFTER));
        }

        private static Tensor wave(Tensor like, double phase) {
            double[] values = new double[(int) like.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.sin(i + phase);
            }
            return Tensor.of(values, like.shape());
        }

        double value(Policy policy) {
            try (Scope scope = Scope.open()) {
                Forward forward = forward(policy, false);
                double sum = dot(forward.logProbs(), 0);
                for (Statistic s : Statistic.values()) {
                    sum += dot(forward.statistic(s), 1 + s.ordinal());
                }
                return sum + dot(forward.states(State.BEFORE), 7) + dot(forward.states(State.AFTER), 8);
            }
        }

        private static double dot(Tensor values, double phase) {
            return values.mul(wave(values, phase)).sum().item();
        }

        void learn(Policy policy) {
            try (Scope scope = Scope.open()) {
                Forward forward = forward(policy, true);
                Map<Statistic, Tensor> statistics = new java.util.EnumMap<>(Statistic.class);
                for (Statistic s : Statistic.values()) {
                    statistics.put(s, wave(forward.statistic(s), 1 + s.ordinal()));
                }
                forward.backward(new OutputGradients(
                        Optional.of(wave(forward.logProbs(), 0)),
                        statistics,
                        Map.of(
                                State.BEFORE, wave(forward.states(State.BEFORE), 7),
                                State.AFTER, wave(forward.states(State.AFTER), 8))));
            }
        }
    }

    /** A few numbers of every parameter, moved up and down. */
    private static void checkSlopes(Policy policy, Everything everything) {
        everything.learn(policy);
        policy.parameters().all().forEach((name, parameter) -> {
            double[] gradient = parameter.grad().orElseThrow().toDoubles();
            for (int i = 0; i < gradient.length; i += 1 + gradient.length / 3) {
                double slope =
                        (moved(policy, everything, parameter, i, 1e-5) - moved(policy, everything, parameter, i, -1e-5))
                                / 2e-5;
                assertThat(gradient[i]).as("%s[%d]", name, i).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        });
    }

    private static double moved(Policy policy, Everything everything, Tensor parameter, int i, double step) {
        Tensor at = parameter.detach().reshape(-1).narrow(0, i, 1);
        Tensor before = at.copy();
        at.add_(step);
        double value = everything.value(policy);
        at.copy_(before);
        return value;
    }

    @ParameterizedTest
    @CsvSource({"llama, false", "llama, true", "gemma2, false", "gpt2, true", "qwen2, false"})
    void allGradientsAreSlopes(String family, boolean checkpointing) {
        List<TokenTree> trees = Tiny.trees(random(1), 4);
        try (Transformer policy = Tiny.model(family, DType.FLOAT64, random(2), checkpointing);
                Transformer reference = Tiny.model(family, DType.FLOAT64, random(3), false)) {
            checkSlopes(policy, new Everything(reference, trees));
        }
    }

    @Test
    void ofTablesToo() {
        List<TokenTree> trees = List.of(
                TokenTree.of(new int[] {0}, new int[] {0}, new int[] {2}), TokenTree.of(new int[] {1}, new int[] {1}));
        try (TabularPolicy policy = TabularPolicy.of(new double[][] {{0.3, 1, -1}, {0, 0.4, 2}});
                TabularPolicy reference = TabularPolicy.of(new double[][] {{1, 0, 0.5}, {0.2, 0.1, -1}})) {
            checkSlopes(policy, new Everything(reference, trees));
        }
    }

    @Test
    void theStateAfterATokenIsTheOneBeforeTheNext() {
        TokenTree tree = TokenTree.of(new int[] {1, 2}, new int[] {3, 4, 5}, new int[] {6, 7});
        try (Transformer policy = Tiny.model("llama", DType.FLOAT64, random(4), false);
                Scope scope = Scope.open()) {
            ForwardRequest request = ForwardRequest.of(false).with(State.values());
            Forward forward = policy.forward(List.of(tree), request);
            Tensor before = forward.states(State.BEFORE);
            Tensor after = forward.states(State.AFTER);
            for (int t : new int[] {0, 1, 3}) { // scored tokens are 3 4 5 | 6 7
                assertThat(after.select(0, t).toDoubles())
                        .containsExactly(before.select(0, t + 1).toDoubles(), within(1e-12));
            }
            // both branches start from the end of the prompt
            assertThat(before.select(0, 3).toDoubles())
                    .containsExactly(before.select(0, 0).toDoubles(), within(1e-12));
            Tensor layers = forward.states(State.LAYERS);
            assertThat(layers.shape()).containsExactly(5, 3, 12);
            // the last norm of the last layer is what the head reads
            Tensor last = layers.select(1, 2);
            Tensor normed = last.rmsNorm(policy.parameters().get("model.norm.weight"), 1e-6);
            assertThat(normed.toDoubles()).containsExactly(before.toDoubles(), within(1e-9));
        }
    }

    @Test
    void unrequestedOutputsAreAbsent() {
        try (Transformer policy = Tiny.model("llama", DType.FLOAT64, random(4), false);
                Scope scope = Scope.open()) {
            List<TokenTree> trees = Tiny.trees(random(1), 2);
            Forward plain = policy.forward(trees, true);
            assertThatThrownBy(() -> plain.states(State.AFTER)).hasMessageContaining("not asked for states AFTER");
            assertThatThrownBy(() -> plain.statistic(Statistic.ENTROPY)).hasMessageContaining("not asked for ENTROPY");
            Forward states = policy.forward(trees, ForwardRequest.states(false, State.BEFORE));
            assertThatThrownBy(states::logProbs).hasMessageContaining("states only");
            assertThatThrownBy(() -> ForwardRequest.of(false).with(Statistic.FORWARD_KL))
                    .hasMessageContaining("reference");
        }
    }

    @Test
    void aCriticStartsAtZeroAndItsGradientIsASlope() {
        List<TokenTree> trees = Tiny.trees(random(5), 3);
        try (Transformer policy = Tiny.model("llama", DType.FLOAT64, random(6), false);
                Critic critic = Critic.like(policy)) {
            double[] start = values(critic, trees);
            assertThat(start).containsOnly(0);
            Tensor weight = critic.parameters().get("head").get("weight");
            weight.detach().copy_(Everything.wave(weight, 0));
            try (Scope scope = Scope.open()) {
                Critic.Pass pass = critic.forward(trees, true);
                pass.backward(pass.values().mul(2)); // of the sum of squares
            }
            List<Tensor> all = new ArrayList<>();
            critic.parameters().values().forEach(p -> all.addAll(p.all().values()));
            int checked = 0;
            for (Tensor parameter : all) {
                if (parameter.grad().isEmpty()) {
                    continue; // the trunk's own head predicts nothing here
                }
                Tensor at = parameter.detach().reshape(-1).narrow(0, 0, 1);
                Tensor before = at.copy();
                at.add_(1e-5);
                double up = squares(critic, trees);
                at.add_(-2e-5);
                double down = squares(critic, trees);
                at.copy_(before);
                double slope = (up - down) / 2e-5;
                assertThat(parameter.grad().orElseThrow().toDoubles()[0])
                        .isCloseTo(slope, within(1e-5 * (1 + Math.abs(slope))));
                checked++;
            }
            assertThat(checked).isEqualTo(all.size() - 1);
            assertThat(policy.parameters().gradNorm()).isZero();
        }
    }

    private static double squares(Critic critic, List<TokenTree> trees) {
        return java.util.Arrays.stream(values(critic, trees)).map(v -> v * v).sum();
    }

    private static double[] values(Critic critic, List<TokenTree> trees) {
        try (Scope scope = Scope.open()) {
            return critic.forward(trees, false).values().toDoubles();
        }
    }

    @Test
    void aHeadLearnsWithoutThePolicyUnderIt() {
        List<TokenTree> trees = Tiny.trees(random(7), 3);
        try (Transformer policy = Tiny.model("llama", DType.FLOAT64, random(6), false);
                LinearHead head = LinearHead.of(policy, State.AFTER);
                Scope scope = Scope.open()) {
            Forward forward = policy.forward(trees, ForwardRequest.of(true).with(State.AFTER));
            LinearHead.HeadValues reading = head.read(forward);
            Tensor slope = reading.backward(reading.values().add(1));
            assertThat(slope.shape()).containsExactly(reading.values().count(), 12);
            // d/db Σ v at slope 1 each
            assertThat(head.parameters().get("bias").grad().orElseThrow().item())
                    .isCloseTo(reading.values().count(), within(1e-12));
            assertThat(policy.parameters().gradNorm()).isZero();
        }
    }
}
