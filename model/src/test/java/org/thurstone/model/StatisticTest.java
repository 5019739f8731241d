package org.thurstone.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.tensor.Tensor;

class StatisticTest {

    private static final double[] POLICY = {0.7, 0.2, 0.1};
    private static final double[] REFERENCE = {0.5, 0.25, 0.25};

    private static double byHand(Statistic statistic) {
        return switch (statistic) {
            case COLLISION -> Math.log(0.49 + 0.04 + 0.01);
            case ENTROPY -> -(0.7 * Math.log(0.7) + 0.2 * Math.log(0.2) + 0.1 * Math.log(0.1));
            case FORWARD_KL -> 0.5 * Math.log(0.5 / 0.7) + 0.25 * Math.log(1.25) + 0.25 * Math.log(2.5);
            case REVERSE_KL -> 0.7 * Math.log(1.4) + 0.2 * Math.log(0.8) + 0.1 * Math.log(0.4);
        };
    }

    private static Tensor logs(double... probabilities) {
        return Tensor.of(probabilities, 1, probabilities.length).log();
    }

    @ParameterizedTest
    @EnumSource
    void valueMatchesTheFormula(Statistic statistic) {
        assertThat(statistic.of(logs(POLICY), logs(REFERENCE)).item()).isCloseTo(byHand(statistic), within(1e-14));
    }

    @ParameterizedTest
    @EnumSource
    void gradientByTheLogitsMatchesFiniteDifferences(Statistic statistic) {
        double[] logits = {0.3, -1.1, 2, 0.4};
        Tensor reference = Tensor.of(new double[] {1, 0.2, -0.7, 0}, 1, 4).logSoftmax(-1);
        Tensor logProbs = Tensor.of(logits, 1, 4).logSoftmax(-1);
        double[] slope = statistic
                .slope(logProbs, reference, statistic.of(logProbs, reference).unsqueeze(-1))
                .toDoubles();
        for (int v = 0; v < logits.length; v++) {
            double up = nudged(statistic, logits, v, 1e-6, reference);
            double down = nudged(statistic, logits, v, -1e-6, reference);
            assertThat(slope[v]).isCloseTo((up - down) / 2e-6, within(1e-8));
        }
    }

    private static double nudged(Statistic statistic, double[] logits, int v, double step, Tensor reference) {
        double[] moved = logits.clone();
        moved[v] += step;
        return statistic.of(Tensor.of(moved, 1, 4).logSoftmax(-1), reference).item();
    }

    @ParameterizedTest
    @EnumSource
    void certainAndImpossibleTokensAreNoNaN(Statistic statistic) {
        double[][] extremes = {
            {0, -1e4, -1e4}, {1e4, -1e4, 0}, {0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY}, {0, 0, 0}
        };
        for (double[] logits : extremes) {
            for (double[] other : extremes) {
                Tensor policy = Tensor.of(logits, 1, 3).logSoftmax(-1);
                Tensor reference = Tensor.of(other, 1, 3).logSoftmax(-1);
                Tensor value = statistic.of(policy, reference);
                assertThat(value.finite()).isTrue();
                assertThat(statistic
                                .slope(policy, reference, value.unsqueeze(-1))
                                .finite())
                        .isTrue();
            }
        }
    }
}
