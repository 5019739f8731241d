package org.thurstone.model.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

class ExactPoliciesTest {

    private static final List<TokenTree> TREES = List.of(
            TokenTree.of(new int[] {1}, new int[] {0}, new int[] {2}), TokenTree.of(new int[] {0}, new int[] {2}));

    private static final double[][][] FEATURES = {
        {{1, 0}, {0, 1}, {1, 1}}, {{0.5, -1}, {2, 0.25}, {-1, 3}},
    };

    @Test
    void tabularPolicyIsTheSoftmaxOfItsLogits() {
        double ln2 = Math.log(2);
        try (TabularPolicy policy = TabularPolicy.of(new double[][] {{0, 0, ln2}, {0, ln2, 0}})) {
            assertThat(policy.distribution(0)).containsExactly(new double[] {0.25, 0.25, 0.5}, within(1e-15));
            assertThat(policy.forward(TREES, false).logProbs().toDoubles())
                    .containsExactly(new double[] {Math.log(0.25), Math.log(0.25), Math.log(0.5)}, within(1e-15));
        }
    }

    @Test
    void aLogLinearFormWeighsItsFeatures() {
        try (LogLinearPolicy policy = LogLinearPolicy.of(FEATURES, new double[] {0.3, -0.7})) {
            double a = Math.exp(0.3);
            double b = Math.exp(-0.7);
            double c = Math.exp(0.3 - 0.7);
            double z = a + b + c;
            assertThat(policy.distribution(0)).containsExactly(new double[] {a / z, b / z, c / z}, within(1e-15));
        }
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        double[][] logits = {{0.1, -0.4, 0.9}, {1.2, 0.3, -0.8}};
        double[] weights = {0.7, -1.3, 2.1};
        try (TabularPolicy policy = TabularPolicy.of(logits)) {
            double[] gradient = gradient(policy, weights);
            for (int i = 0; i < 6; i++) {
                double step = 1e-5;
                logits[i / 3][i % 3] += step;
                double up = value(TabularPolicy.of(logits), weights);
                logits[i / 3][i % 3] -= 2 * step;
                double down = value(TabularPolicy.of(logits), weights);
                logits[i / 3][i % 3] += step;
                assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-8));
            }
        }
        double[] theta = {0.3, -0.7};
        try (LogLinearPolicy policy = LogLinearPolicy.of(FEATURES, theta)) {
            double[] gradient = gradient(policy, weights);
            for (int i = 0; i < 2; i++) {
                double step = 1e-5;
                double[] up = theta.clone();
                up[i] += step;
                double[] down = theta.clone();
                down[i] -= step;
                double slope = (value(LogLinearPolicy.of(FEATURES, up), weights)
                                - value(LogLinearPolicy.of(FEATURES, down), weights))
                        / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
            }
        }
    }

    private static double[] gradient(Policy policy, double[] weights) {
        try (Scope scope = Scope.open()) {
            Forward forward = policy.forward(TREES, true);
            forward.backward(Tensor.of(weights));
            return policy.parameters().trained().getFirst().grad().orElseThrow().toDoubles();
        }
    }

    private static double value(Policy policy, double[] weights) {
        try (Scope scope = Scope.open();
                policy) {
            return policy.forward(TREES, false)
                    .logProbs()
                    .mul(Tensor.of(weights))
                    .sum()
                    .item();
        }
    }

    @Test
    void aSnapshotKeepsItsWeightsAndIsNotTrained() {
        try (TabularPolicy policy = TabularPolicy.uniform(2, 3);
                TabularPolicy snapshot = policy.snapshot()) {
            policy.parameters().get("logits").detach().add_(Tensor.of(new double[] {5, 0, 0}));
            assertThat(policy.distribution(0)[0]).isGreaterThan(0.9);
            assertThat(snapshot.distribution(0)[0]).isCloseTo(1 / 3., within(1e-15));
            assertThat(snapshot.parameters().trained()).isEmpty();
            assertThat(policy.parameters().trained()).hasSize(1);
        }
        try (LogLinearPolicy policy = LogLinearPolicy.of(FEATURES, new double[] {1, 1});
                LogLinearPolicy snapshot = policy.snapshot()) {
            policy.parameters().get("theta").detach().zero_();
            assertThat(snapshot.distribution(1)).isNotEqualTo(policy.distribution(1));
        }
    }

    @Test
    void computesInDouble() {
        try (TabularPolicy policy = TabularPolicy.uniform(1, 2)) {
            assertThat(policy.forward(List.of(TokenTree.of(new int[] {0}, new int[] {1})), false)
                            .logProbs()
                            .type())
                    .isEqualTo(DType.FLOAT64);
        }
    }

    @Test
    void otherTreesAreRefusedByName() {
        try (TabularPolicy policy = TabularPolicy.uniform(2, 3)) {
            assertThatThrownBy(() -> policy.forward(List.of(TokenTree.of(new int[] {0, 1}, new int[] {1})), false))
                    .hasMessageContaining("one token, not 2");
            assertThatThrownBy(() -> policy.forward(List.of(TokenTree.of(new int[] {2}, new int[] {1})), false))
                    .hasMessageContaining("no prompt 2");
            assertThatThrownBy(() -> policy.forward(List.of(TokenTree.of(new int[] {1}, new int[] {3})), false))
                    .hasMessageContaining("no response 3");
        }
        assertThatThrownBy(() -> TabularPolicy.of(new double[0][0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> TabularPolicy.of(new double[][] {{1, 2}, {1}})).hasMessageContaining("prompt 1");
    }
}
