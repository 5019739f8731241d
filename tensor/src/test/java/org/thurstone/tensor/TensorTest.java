package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void aGradientIsTheDerivative() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new double[] {1, 2, 3}).requiresGrad(true);
            x.square().sum().backward();
            assertThat(x.grad().orElseThrow().toDoubles()).containsExactly(2, 4, 6);
            x.addGrad(Tensor.of(new double[] {1, 1, 1}));
            assertThat(x.grad().orElseThrow().toDoubles()).containsExactly(3, 5, 7);
            x.dropGrad();
            assertThat(x.grad()).isEmpty();
            x.addGrad(Tensor.of(new double[] {1, 1, 1}));
            assertThat(x.grad().orElseThrow().toDoubles()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void logSigmoidIsExactFarOut() {
        assertThat(Tensor.of(new double[] {-1e4, 0, 1e4}).logSigmoid().toDoubles())
                .containsExactly(new double[] {-1e4, -Math.log(2), 0}, within(1e-12));
    }

    @Test
    void keptTensorOutlivesItsScope() {
        try (Scope outer = Scope.open()) {
            Tensor kept;
            try (Scope inner = Scope.open()) {
                kept = inner.keep(Tensor.of(new double[] {1, 2}).mul(2));
            }
            assertThat(kept.toDoubles()).containsExactly(2, 4);
        }
    }

    @Test
    void gradientsAreNotRecordedWhileOff() {
        Tensor x = Tensor.of(new double[] {1}).requiresGrad(true);
        try (Gradients off = Gradients.off()) {
            assertThat(x.mul(2).requiresGrad()).isFalse();
        }
        assertThat(x.mul(2).requiresGrad()).isTrue();
    }

    @Test
    void parametersMoveAShareOfTheWay() {
        try (Parameters here = new Parameters();
                Parameters there = new Parameters()) {
            here.add("w", Tensor.of(new double[] {0, 4}), true);
            there.add("w", Tensor.of(new double[] {1, 0}), false);
            here.moveTowards(there, 0.25);
            assertThat(here.get("w").toDoubles()).containsExactly(0.25, 3);
        }
    }
}
