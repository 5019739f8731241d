package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.data.UserError;
import org.thurstone.model.Decoding;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** What the cache gives token by token is what a pass over the whole sequence gives. */
class DecodingTest {

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(21);

    static List<String> families() {
        return Tiny.families();
    }

    /** log p of every token after the sequence, by as many passes over all of it. */
    private static double[] next(Transformer model, List<Integer> sequence) {
        int[] prompt = sequence.stream().mapToInt(x -> x).toArray();
        int[][] each =
                IntStream.range(0, Tiny.VOCABULARY).mapToObj(t -> new int[] {t}).toArray(int[][]::new);
        return model.forward(List.of(TokenTree.of(prompt, each)), false)
                .logProbs()
                .toDoubles();
    }

    private static double[] logProbs(Tensor logits, int row) {
        return logits.select(0, row).to(DType.FLOAT64).logSoftmax(-1).toDoubles();
    }

    @ParameterizedTest
    @MethodSource("families")
    void cachedDecodingEqualsTheWholeSequence(String family) {
        try (Transformer model = Tiny.model(family, DType.FLOAT64, random, false);
                Scope scope = Scope.open();
                Decoding decoding = model.decode(5, 16)) {
            List<List<Integer>> held = new ArrayList<>();
            for (int s = 0; s < 5; s++) {
                held.add(new ArrayList<>());
            }
            // Two prompts of different lengths, one of them for three slots; later the slots grow and one is used
            // again.
            start(decoding, model, held, List.of(prompt(3), prompt(9)), List.of(new int[] {0, 3, 4}, new int[] {1, 2}));
            for (int i = 0; i < 4; i++) {
                step(decoding, model, held, new int[] {0, 1, 2, 3, 4});
            }
            step(decoding, model, held, new int[] {1, 2});
            decoding.grow(40);
            decoding.grow(20);
            step(decoding, model, held, new int[] {4, 0, 3});
            start(decoding, model, held, List.of(prompt(2)), List.of(new int[] {2}));
            for (int i = 0; i < 3; i++) {
                step(decoding, model, held, new int[] {2, 0, 1});
            }
            step(decoding, model, held, new int[] {0, 1, 2, 3, 4});
        }
    }

    private int[] prompt(int length) {
        return random.ints(length, 0, Tiny.VOCABULARY).toArray();
    }

    private static void start(
            Decoding decoding, Transformer model, List<List<Integer>> held, List<int[]> prompts, List<int[]> slots) {
        Tensor logits = decoding.start(prompts, slots);
        for (int p = 0; p < prompts.size(); p++) {
            List<Integer> tokens = Arrays.stream(prompts.get(p)).boxed().toList();
            assertThat(logProbs(logits, p)).containsExactly(next(model, tokens), within(1e-5));
            for (int slot : slots.get(p)) {
                held.set(slot, new ArrayList<>(tokens));
            }
        }
    }

    private void step(Decoding decoding, Transformer model, List<List<Integer>> held, int[] slots) {
        int[] tokens = prompt(slots.length);
        Tensor logits = decoding.step(slots, tokens);
        for (int i = 0; i < slots.length; i++) {
            held.get(slots[i]).add(tokens[i]);
            assertThat(logProbs(logits, i)).containsExactly(next(model, held.get(slots[i])), within(1e-5));
        }
    }

    @Test
    void mismatchedInputIsRejected() {
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, random, false);
                Scope scope = Scope.open();
                Decoding decoding = model.decode(2, 4)) {
            assertThatThrownBy(() -> decoding.step(new int[] {0}, new int[] {1}))
                    .hasMessageContaining("slot 0 has not been started");
            assertThatThrownBy(() -> decoding.start(List.of(prompt(5)), List.of(new int[] {0})))
                    .hasMessageContaining("a prompt of 5 tokens for slots of 4");
            decoding.start(List.of(prompt(4)), List.of(new int[] {1}));
            assertThatThrownBy(() -> decoding.step(new int[] {1}, new int[] {1}))
                    .hasMessageContaining("slot 1 is full");
            assertThatThrownBy(() -> model.decode(1, 65)).hasMessageContaining("context is 64");
            assertThatThrownBy(() -> model.forward(List.of(TokenTree.of(prompt(60), prompt(5))), false))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("65 tokens")
                    .hasMessageContaining("context of 64");
            assertThatThrownBy(() -> model.forward(List.of(TokenTree.of(new int[] {3, 23})), false))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("token 23 is not one of the model's 23");
        }
    }
}
