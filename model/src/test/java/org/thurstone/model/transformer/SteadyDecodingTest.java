package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.model.Decoding;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** An answer's logits depend on nothing but its own tokens, to the last bit, and are those of a pass over all of them. */
class SteadyDecodingTest {

    private static final int STEPS = 9;

    static Stream<Arguments> familiesAndTypes() {
        return Tiny.families().stream()
                .flatMap(f -> Stream.of(DType.FLOAT32, DType.BFLOAT16).map(t -> Arguments.of(f, t)));
    }

    /** The i-th token of a sequence. */
    private static int token(int sequence, int i) {
        return (sequence * 7 + i * 5 + sequence * i) % Tiny.VOCABULARY;
    }

    private static int[] prompt(int sequence) {
        return IntStream.range(0, 1 + sequence * 5 % 23)
                .map(i -> token(sequence, i))
                .toArray();
    }

    /** The logits of each sequence after its prompt and after each further token, all of them computed together. */
    private static List<List<float[]>> logits(Transformer model, int... sequences) {
        List<List<float[]>> found = new ArrayList<>();
        for (int s = 0; s < sequences.length; s++) {
            found.add(new ArrayList<>());
        }
        try (Gradients off = Gradients.off();
                Scope scope = Scope.open();
                Decoding decoding = model.steadyDecoding(sequences.length, 40)) {
            int[] slots = IntStream.range(0, sequences.length).toArray();
            List<int[]> prompts =
                    Arrays.stream(sequences).mapToObj(s -> prompt(s)).toList();
            List<int[]> into = Arrays.stream(slots).mapToObj(s -> new int[] {s}).toList();
            add(found, decoding.start(prompts, into));
            for (int step = 0; step < STEPS; step++) {
                int i = step;
                int[] next = Arrays.stream(sequences)
                        .map(s -> token(s, prompt(s).length + i))
                        .toArray();
                add(found, decoding.step(slots, next));
            }
        }
        return found;
    }

    private static void add(List<List<float[]>> found, Tensor logits) {
        for (int s = 0; s < found.size(); s++) {
            found.get(s).add(logits.select(0, s).toFloats());
        }
    }

    @ParameterizedTest
    @MethodSource("familiesAndTypes")
    void companyDoesNotMatter(String family, DType type) {
        assumeThat(PackedMatrix.available(type, Device.CPU)).isTrue();
        try (Transformer model = Tiny.model(family, type, new SplittableRandom(3), false)) {
            List<List<float[]>> together = logits(model, IntStream.range(0, 19).toArray());
            List<List<float[]>> few = logits(model, 17, 4, 0);
            List<List<float[]>> alone = logits(model, 4);
            for (int i = 0; i <= STEPS; i++) {
                assertThat(alone.getFirst().get(i))
                        .as("token %s", i)
                        .containsExactly(together.get(4).get(i));
                assertThat(few.get(1).get(i)).containsExactly(together.get(4).get(i));
                assertThat(few.getFirst().get(i))
                        .containsExactly(together.get(17).get(i));
                assertThat(few.get(2).get(i))
                        .containsExactly(together.getFirst().get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.thurstone.model.transformer.Tiny#families")
    void stepsEqualThePassOverAllTokens(String family) {
        assumeThat(PackedMatrix.available(DType.FLOAT32, Device.CPU)).isTrue();
        try (Transformer model = Tiny.model(family, DType.FLOAT32, new SplittableRandom(3), false)) {
            List<List<float[]>> together = logits(model, 0, 6, 11, 6);
            for (int s : new int[] {0, 6, 11}) {
                List<float[]> found = together.get(List.of(0, 6, 11).indexOf(s));
                for (int i = 0; i <= STEPS; i++) {
                    int[] tokens = IntStream.range(0, prompt(s).length + i)
                            .map(t -> token(s, t))
                            .toArray();
                    assertThat(logProbs(found.get(i))).containsExactly(next(model, tokens), within(1e-4));
                }
            }
        }
    }

    @Test
    void aFreedSlotIsAsGoodAsNew() {
        assumeThat(PackedMatrix.available(DType.FLOAT32, Device.CPU)).isTrue();
        try (Transformer model = Tiny.model("mistral", DType.FLOAT32, new SplittableRandom(3), false);
                Gradients off = Gradients.off();
                Scope scope = Scope.open();
                Decoding decoding = model.steadyDecoding(3, 40)) {
            decoding.start(List.of(prompt(4), prompt(3)), List.of(new int[] {0, 2}, new int[] {1}));
            decoding.step(new int[] {2, 0, 1}, new int[] {1, 2, 3});
            List<float[]> alone = logits(model, 1).getFirst();
            Tensor first = decoding.start(List.of(prompt(1)), List.of(new int[] {2}));
            assertThat(first.toFloats()).containsExactly(alone.getFirst());
            int next = token(1, prompt(1).length);
            Tensor second = decoding.step(new int[] {1, 2, 0}, new int[] {5, next, 7});
            assertThat(second.select(0, 1).toFloats()).containsExactly(alone.get(1));
        }
    }

    /** Adapters are worked into the packed copy. */
    @Test
    void adaptersAreSampledFrom() {
        assumeThat(PackedMatrix.available(DType.FLOAT32, Device.CPU)).isTrue();
        try (Transformer plain = Tiny.model("llama", DType.FLOAT32, new SplittableRandom(3), false);
                Transformer adapted =
                        plain.snapshot().adapt(new Lora(2, 4, List.of(), false), new SplittableRandom(5))) {
            try (Gradients off = Gradients.off();
                    Scope scope = Scope.open()) {
                adapted.parameters().all().forEach((name, tensor) -> {
                    if (name.endsWith("lora_B.weight")) {
                        tensor.add_(Tensor.uniform(
                                new SplittableRandom(name.hashCode()),
                                -1,
                                1,
                                DType.FLOAT32,
                                Device.CPU,
                                tensor.shape()));
                    }
                });
            }
            float[] found = logits(adapted, 6).getFirst().getFirst();
            assertThat(logProbs(found)).containsExactly(next(adapted, prompt(6)), within(1e-4));
            assertThat(found).isNotEqualTo(logits(plain, 6).getFirst().getFirst());
        }
    }

    /** The packed copy is made again where the weights have changed, and a session keeps the weights that it began with. */
    @Test
    void sessionsHaveTheWeightsOfTheirBeginning() {
        assumeThat(PackedMatrix.available(DType.FLOAT32, Device.CPU)).isTrue();
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, new SplittableRandom(3), false);
                Gradients off = Gradients.off();
                Scope scope = Scope.open();
                Decoding early = model.steadyDecoding(1, 40)) {
            float[] before = logits(model, 6).getFirst().getFirst();
            model.parameters().all().get("model.layers.0.mlp.down_proj.weight").mul_(2);
            float[] after = logits(model, 6).getFirst().getFirst();
            assertThat(after).isNotEqualTo(before);
            assertThat(logProbs(after)).containsExactly(next(model, prompt(6)), within(1e-4));
            assertThat(early.start(List.of(prompt(6)), List.of(new int[] {0})).toFloats())
                    .containsExactly(before);
            model.forward(List.of(TokenTree.of(prompt(6), new int[] {1})), true);
            assertThat(early.step(new int[] {0}, new int[] {1}).finite()).isTrue();
        }
    }

    /** log p of every token after the sequence, by passes over all of it. */
    private static double[] next(Transformer model, int[] sequence) {
        int[][] each =
                IntStream.range(0, Tiny.VOCABULARY).mapToObj(t -> new int[] {t}).toArray(int[][]::new);
        try (Scope scope = Scope.open()) {
            return model.forward(List.of(TokenTree.of(sequence, each)), false)
                    .logProbs()
                    .toDoubles();
        }
    }

    private static double[] logProbs(float[] logits) {
        try (Scope scope = Scope.open()) {
            return Tensor.of(logits, logits.length)
                    .to(DType.FLOAT64)
                    .logSoftmax(-1)
                    .toDoubles();
        }
    }
}
