package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Attention and what moves elements about, against loops over plain arrays. */
class AttentionTest {

    private static final int HEADS = 4;
    private static final int KEY_HEADS = 2;
    private static final int LENGTH = 5;
    private static final int WIDTH = 3;
    private static final double SCALE = 0.7;

    private final SplittableRandom random = new SplittableRandom(5);
    private final double[] query = draw(HEADS);
    private final double[] key = draw(KEY_HEADS);
    private final double[] value = draw(KEY_HEADS);

    private double[] draw(int heads) {
        return random.doubles((long) heads * LENGTH * WIDTH, -1, 1).toArray();
    }

    private interface Seen {
        boolean at(int query, int key);
    }

    private double[] byHand(Seen seen) {
        double[] out = new double[query.length];
        for (int h = 0; h < HEADS; h++) {
            int kv = h / (HEADS / KEY_HEADS);
            for (int i = 0; i < LENGTH; i++) {
                double total = 0;
                for (int j = 0; j < LENGTH; j++) {
                    if (!seen.at(i, j)) {
                        continue;
                    }
                    double dot = 0;
                    for (int d = 0; d < WIDTH; d++) {
                        dot += query[(h * LENGTH + i) * WIDTH + d] * key[(kv * LENGTH + j) * WIDTH + d];
                    }
                    double weight = Math.exp(SCALE * dot);
                    total += weight;
                    for (int d = 0; d < WIDTH; d++) {
                        out[(h * LENGTH + i) * WIDTH + d] += weight * value[(kv * LENGTH + j) * WIDTH + d];
                    }
                }
                for (int d = 0; d < WIDTH; d++) {
                    out[(h * LENGTH + i) * WIDTH + d] /= total;
                }
            }
        }
        return out;
    }

    private double[] attention(Optional<Tensor> mask, boolean causal) {
        return Tensor.attention(
                        Tensor.of(query, 1, HEADS, LENGTH, WIDTH),
                        Tensor.of(key, 1, KEY_HEADS, LENGTH, WIDTH),
                        Tensor.of(value, 1, KEY_HEADS, LENGTH, WIDTH),
                        mask,
                        causal,
                        SCALE)
                .toDoubles();
    }

    @Test
    void everyKeyIsSeenWithoutAMask() {
        assertThat(attention(Optional.empty(), false)).containsExactly(byHand((i, j) -> true), within(1e-12));
    }

    @Test
    void causalMaskHidesLaterTokens() {
        assertThat(attention(Optional.empty(), true)).containsExactly(byHand((i, j) -> j <= i), within(1e-12));
    }

    @Test
    void maskKeepsElementsWhereItIsTrue() {
        boolean[] mask = new boolean[LENGTH * LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            for (int j = 0; j < LENGTH; j++) {
                mask[i * LENGTH + j] = j <= i && (i + j) % 2 == 0;
            }
        }
        assertThat(attention(Optional.of(Tensor.of(mask, LENGTH, LENGTH)), false))
                .containsExactly(byHand((i, j) -> mask[i * LENGTH + j]), within(1e-12));
    }

    @Test
    void elementsAreScatteredByTheIndex() {
        Tensor matrix = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(matrix.gather(1, Tensor.of(new long[] {2, 0}, 2, 1)).toDoubles())
                .containsExactly(3, 4);
        assertThat(matrix.indexSelect(0, Tensor.of(new long[] {1, 1})).toDoubles())
                .containsExactly(4, 5, 6, 4, 5, 6);
        assertThat(matrix.indexAdd(0, Tensor.of(new long[] {0, 0}), matrix).toDoubles())
                .containsExactly(6, 9, 12, 4, 5, 6);
        assertThat(matrix.gt(2).where(matrix, matrix.neg()).toDoubles()).containsExactly(-1, -2, 3, 4, 5, 6);
    }

    @Test
    void theGradientOfASortGoesBackWhereTheValueCameFrom() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new double[] {3, 1, 2}).requiresGrad(true);
            x.sort(0, false)
                    .values()
                    .mul(Tensor.of(new double[] {10, 20, 30}))
                    .sum()
                    .backward();
            assertThat(x.grad().orElseThrow().toDoubles()).containsExactly(30, 10, 20);
        }
    }
}
