package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

class LoraTest {

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(41);

    static List<String> families() {
        return Tiny.families();
    }

    private static double[] logProbs(Policy model, List<TokenTree> trees) {
        try (Scope scope = Scope.open()) {
            return model.forward(trees, false).logProbs().toDoubles();
        }
    }

    /** As if it had been trained. */
    private void shake(Transformer model) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            model.parameters()
                    .trained()
                    .forEach(t -> t.add_(Tensor.normal(random, 0.3, DType.FLOAT64, Device.CPU, t.shape())));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aMergedAdapterIsTheAdapter(String family) {
        List<TokenTree> trees = Tiny.trees(random, 3);
        Transformer plain = Tiny.model(family, DType.FLOAT64, random, false);
        double[] before = logProbs(plain, trees);
        try (Transformer adapted = plain.adapt(new Lora(2, 4, List.of(), false), random)) {
            assertThat(logProbs(adapted, trees)).containsExactly(before);
            shake(adapted);
            double[] after = logProbs(adapted, trees);
            assertThat(after).isNotEqualTo(before);
            try (Transformer merged = adapted.merged();
                    Transformer base = adapted.base();
                    Policy snapshot = adapted.snapshot()) {
                assertThat(logProbs(merged, trees)).containsExactly(after, within(1e-10));
                assertThat(logProbs(base, trees)).containsExactly(before);
                assertThat(logProbs(snapshot, trees)).containsExactly(after);
                assertThat(snapshot.parameters().trained()).isEmpty();
                shake(adapted);
                assertThat(logProbs(snapshot, trees)).containsExactly(after);
            }
            assertThat(logProbs(adapted, trees)).hasSameSizeAs(after);
        }
    }

    @Test
    void onlyTheAdapterIsTrained() {
        Transformer plain = Tiny.model("llama", DType.FLOAT64, random, false);
        try (Transformer adapted = plain.adapt(new Lora(3, 6, List.of("q_proj", "down_proj"), false), random);
                Scope scope = Scope.open()) {
            shake(adapted);
            assertThat(adapted.parameters().trained()).hasSize(3 * 2 * 2);
            List<TokenTree> trees = Tiny.trees(random, 3);
            Forward pass = adapted.forward(trees, true);
            pass.backward(
                    Tensor.full(1, DType.FLOAT64, Device.CPU, pass.logProbs().count()));
            adapted.parameters()
                    .all()
                    .forEach((name, tensor) ->
                            assertThat(tensor.grad().isPresent()).as(name).isEqualTo(name.contains("lora_")));
        }
    }

    @Test
    void missingTargetIsNamedWithTheAvailableOnes() {
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, random, false)) {
            assertThatThrownBy(() -> model.adapt(new Lora(2, 4, List.of("c_attn"), false), random))
                    .hasMessageContaining("\"c_attn\"")
                    .hasMessageContaining("down_proj, gate_proj, k_proj, o_proj, q_proj, up_proj, v_proj");
            assertThat(model.parameters().trained()).isNotEmpty();
        }
    }
}
