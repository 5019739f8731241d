package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RandomTensorTest {

    private static RandomGenerator seeded() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    }

    @Test
    void numbersAreTheGeneratorsOwnInOrder() {
        RandomGenerator random = seeded();
        float[] expected = new float[6];
        for (int i = 0; i < 6; i++) {
            expected[i] = (float) (random.nextGaussian() * 0.02);
        }
        Tensor normal = Tensor.normal(seeded(), 0.02, DType.FLOAT32, Device.CPU, 2, 3);
        assertThat(normal.shape()).containsExactly(2, 3);
        assertThat(normal.toFloats()).containsExactly(expected);
        assertThat(Tensor.normal(seeded(), 0.02, DType.BFLOAT16, Device.CPU, 2, 3)
                        .type())
                .isEqualTo(DType.BFLOAT16);
    }

    @Test
    void momentsAreThoseOfTheDistribution() {
        int n = 200_000;
        double[] normal =
                Tensor.normal(seeded(), 3, DType.FLOAT64, Device.CPU, n).toDoubles();
        // Five standard errors: 3/√n for the mean, 9·√(2/n) for the variance.
        assertThat(Arrays.stream(normal).average().orElseThrow()).isEqualTo(0, within(5 * 3 / Math.sqrt(n)));
        assertThat(Arrays.stream(normal).map(x -> x * x).average().orElseThrow())
                .isEqualTo(9, within(5 * 9 * Math.sqrt(2.0 / n)));
        double[] uniform =
                Tensor.uniform(seeded(), -1, 3, DType.FLOAT64, Device.CPU, n).toDoubles();
        assertThat(Arrays.stream(uniform).average().orElseThrow()).isEqualTo(1, within(5 * Math.sqrt(16 / 12.0 / n)));
        assertThat(Arrays.stream(uniform)).allMatch(x -> x >= -1 && x < 3);
    }

    @Test
    void wholeNumbersAndEmptyShapes() {
        assertThat(Tensor.normal(seeded(), 1, DType.FLOAT32, Device.CPU, 0, 3).count())
                .isZero();
        assertThatThrownBy(() -> Tensor.normal(seeded(), 1, DType.INT64, Device.CPU, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
