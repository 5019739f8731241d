package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.model.Forward;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.AdamW;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** Products in bfloat16 with everything else, weights in training included, in float32. */
class ProductsTest {

    private static final TokenTree TREE =
            TokenTree.of(new int[] {3, 1, 4, 1, 5}, new int[] {9, 2, 6}, new int[] {5, 3});

    private static Transformer model(String family, DType weights, DType products) {
        Transformer plain = Tiny.model(family, DType.FLOAT32, new SplittableRandom(3), false);
        Parameters typed = new Parameters();
        plain.parameters().all().forEach((name, tensor) -> {
            try (Scope scope = Scope.open();
                    Gradients off = Gradients.off()) {
                typed.add(name, tensor.detach().to(weights).copy(), true);
            }
        });
        plain.close();
        return new Transformer(Tiny.config(family), typed, false, products);
    }

    private static double[] logProbs(Transformer model) {
        try (Scope scope = Scope.open()) {
            return model.forward(List.of(TREE), false).logProbs().toDoubles();
        }
    }

    /** The gradient of the sum of all log-probabilities by every weight. */
    private static double[] gradient(Transformer model) {
        try (Scope scope = Scope.open()) {
            Forward pass = model.forward(List.of(TREE), true);
            pass.backward(
                    Tensor.full(1, DType.FLOAT32, Device.CPU, pass.logProbs().shape()));
            return model.parameters().all().values().stream()
                    .flatMapToDouble(
                            t -> Arrays.stream(t.gradient().to(DType.FLOAT64).toDoubles()))
                    .toArray();
        }
    }

    private static double cosine(double[] a, double[] b) {
        double product =
                IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        return product / Math.sqrt(squares(a) * squares(b));
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(v -> v * v).sum();
    }

    @ParameterizedTest
    @MethodSource("org.thurstone.model.transformer.Tiny#families")
    void logProbsAndGradientsAreThoseOfFloat32WithinTheRounding(String family) {
        try (Transformer exact = model(family, DType.FLOAT32, DType.FLOAT32);
                Transformer rounded = model(family, DType.FLOAT32, DType.BFLOAT16)) {
            double[] expected = logProbs(exact);
            double[] found = logProbs(rounded);
            assertThat(found).isNotEqualTo(expected).containsExactly(expected, within(0.3));
            double[] slope = gradient(exact);
            double[] roundedSlope = gradient(rounded);
            assertThat(cosine(slope, roundedSlope)).isGreaterThan(0.99);
            assertThat(squares(roundedSlope) / squares(slope)).isCloseTo(1, within(0.1));
        }
    }

    /** In bfloat16 the step would be lost: the next number after 1 is 1.0078. */
    @Test
    void smallStepsAreNotLost() {
        try (Transformer model = model("llama", DType.FLOAT32, DType.BFLOAT16);
                AdamW optimizer = new AdamW(List.copyOf(model.parameters().all().values()), AdamW.Settings.DEFAULT)) {
            double[] before = weights(model);
            gradient(model);
            double[] slope = model.parameters().all().values().stream()
                    .flatMapToDouble(t -> Arrays.stream(
                            t.grad().orElseThrow().to(DType.FLOAT64).toDoubles()))
                    .toArray();
            optimizer.step(1e-6);
            double[] after = weights(model);
            long sloped = IntStream.range(0, slope.length)
                    .filter(i -> Math.abs(slope[i]) > 1e-6)
                    .count();
            long moved = IntStream.range(0, slope.length)
                    .filter(i -> Math.abs(slope[i]) > 1e-6 && before[i] != after[i])
                    .count();
            assertThat(moved).isGreaterThan((long) (0.99 * sloped));
        }
    }

    private static double[] weights(Transformer model) {
        return model.parameters().all().values().stream()
                .flatMapToDouble(t -> Arrays.stream(t.toDoubles()))
                .toArray();
    }

    @Test
    void adaptersOnWeightsInBfloat16AreInFloat32() {
        try (Transformer base = model("llama", DType.BFLOAT16, DType.BFLOAT16);
                Transformer same = model("llama", DType.FLOAT32, DType.BFLOAT16)) {
            // Norms and embeddings are rounded, too, so the two are close and not equal.
            assertThat(logProbs(base)).containsExactly(logProbs(same), within(0.1));
            Transformer adapted = base.snapshot().adapt(new Lora(2, 4, List.of(), false), new SplittableRandom(5));
            assertThat(logProbs(adapted)).containsExactly(logProbs(base));
            adapted.parameters().all().forEach((name, tensor) -> {
                boolean adapter = name.contains("lora_");
                assertThat(tensor.type()).isEqualTo(adapter ? DType.FLOAT32 : DType.BFLOAT16);
                assertThat(tensor.requiresGrad()).isEqualTo(adapter);
            });
            try (Scope scope = Scope.open()) {
                Forward pass = adapted.forward(List.of(TREE), true);
                pass.backward(Tensor.full(1, DType.FLOAT32, Device.CPU, 5));
                assertThat(adapted.parameters().all().entrySet().stream()
                                .filter(e -> e.getKey().endsWith("lora_B.weight"))
                                .mapToDouble(e -> squares(e.getValue()
                                        .grad()
                                        .orElseThrow()
                                        .to(DType.FLOAT64)
                                        .toDoubles()))
                                .min()
                                .orElseThrow())
                        .isPositive();
            }
            adapted.close();
        }
    }
}
