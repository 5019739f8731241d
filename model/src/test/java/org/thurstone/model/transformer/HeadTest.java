package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** The head's gradients by hand against libtorch's own. */
class HeadTest {

    @ParameterizedTest
    @CsvSource({"0, 7, 1000000", "0, 3, 0", "0, 4, 400", "2.5, 3, 1000000", "2.5, 20, 0"})
    void gradientsByHandAreThoseOfAutograd(double cap, long rows, long kept) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(31);
        try (Scope scope = Scope.open()) {
            Tensor weight =
                    Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 11, 6).requiresGrad(true);
            Tensor hidden =
                    Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20, 6).requiresGrad(true);
            Tensor targets = Tensor.of(random.ints(20, 0, 11).toArray());
            Tensor slope = Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20);

            Tensor logits = hidden.linear(weight);
            Tensor capped = cap == 0 ? logits : logits.div(cap).tanh().mul(cap);
            Tensor expected =
                    capped.logSoftmax(-1).gather(1, targets.unsqueeze(-1)).squeeze(-1);
            expected.backward(slope);
            double[] weightGradient = weight.grad().orElseThrow().toDoubles();
            double[] hiddenGradient = hidden.grad().orElseThrow().toDoubles();
            weight.dropGrad();

            Head head =
                    new Head(weight, cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap), rows * 11 * 8, kept);
            try (Gradients off = Gradients.off()) {
                Head.Scores scores = head.score(hidden.detach(), targets, true);
                assertThat(scores.logProbs().toDoubles()).containsExactly(expected.toDoubles(), within(1e-12));
                assertThat(scores.backward(slope).toDoubles()).containsExactly(hiddenGradient, within(1e-12));
            }
            assertThat(weight.grad().orElseThrow().toDoubles()).containsExactly(weightGradient, within(1e-12));
        }
    }
}
