package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Statistic;
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

            Head head = new Head(
                    weight,
                    NumberTypes.of(weight.type()),
                    cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap),
                    rows * 11 * 8,
                    kept);
            try (Gradients off = Gradients.off()) {
                Head.Scores scores = head.score(hidden.detach(), targets, ForwardRequest.of(true));
                assertThat(scores.logProbs().toDoubles()).containsExactly(expected.toDoubles(), within(1e-12));
                assertThat(scores.backward(slope, Map.of()).toDoubles()).containsExactly(hiddenGradient, within(1e-12));
            }
            assertThat(weight.grad().orElseThrow().toDoubles()).containsExactly(weightGradient, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 7, 1000000", "0, 3, 0", "2.5, 20, 1000000", "2.5, 3, 0"})
    void soAreThoseOfStatistics(double cap, long rows, long kept) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(32);
        OptionalDouble capping = cap == 0 ? OptionalDouble.empty() : OptionalDouble.of(cap);
        try (Scope scope = Scope.open()) {
            Tensor weight =
                    Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 11, 6).requiresGrad(true);
            Tensor hidden =
                    Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20, 6).requiresGrad(true);
            Tensor targets = Tensor.of(random.ints(20, 0, 11).toArray());
            Tensor reference = Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20, 11)
                    .mul(2)
                    .logSoftmax(-1);

            Tensor logits = hidden.linear(weight);
            Tensor logProbs = (cap == 0 ? logits : logits.div(cap).tanh().mul(cap)).logSoftmax(-1);
            Tensor slope = Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20);
            Tensor loss = logProbs.gather(1, targets.unsqueeze(-1))
                    .squeeze(-1)
                    .mul(slope)
                    .sum();
            Map<Statistic, Tensor> gradients = new EnumMap<>(Statistic.class);
            Map<Statistic, double[]> expected = new EnumMap<>(Statistic.class);
            for (Statistic s : Statistic.values()) {
                gradients.put(s, Tensor.normal(random, 1, DType.FLOAT64, Device.CPU, 20));
                Tensor value = s.of(logProbs, reference);
                expected.put(s, value.toDoubles());
                loss = loss.add(value.mul(gradients.get(s)).sum());
            }
            loss.backward();
            double[] weightGradient = weight.grad().orElseThrow().toDoubles();
            double[] hiddenGradient = hidden.grad().orElseThrow().toDoubles();
            weight.dropGrad();

            try (Gradients off = Gradients.off()) {
                ForwardRequest request =
                        ForwardRequest.of(true).against(distribution(reference)).with(Statistic.values());
                Head.Scores scores = new Head(weight, NumberTypes.of(weight.type()), capping, rows * 11 * 8, kept)
                        .score(hidden.detach(), targets, request);
                expected.forEach((s, values) ->
                        assertThat(scores.statistic(s).toDoubles()).containsExactly(values, within(1e-12)));
                assertThat(scores.distribution(3, 5).toDoubles())
                        .containsExactly(logProbs.narrow(0, 3, 5).toDoubles(), within(1e-12));
                assertThat(scores.backward(slope, gradients).toDoubles())
                        .containsExactly(hiddenGradient, within(1e-11));
            }
            assertThat(weight.grad().orElseThrow().toDoubles()).containsExactly(weightGradient, within(1e-11));
        }
    }

    private static Forward distribution(Tensor logProbs) {
        return new Forward() {
            @Override
            public Tensor logProbs() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Tensor distribution(long from, long rows) {
                return logProbs.narrow(0, from, rows);
            }

            @Override
            public void backward(Tensor gradient) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
