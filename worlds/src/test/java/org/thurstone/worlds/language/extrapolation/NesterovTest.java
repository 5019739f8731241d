package org.thurstone.worlds.language.extrapolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.model.exact.TabularPolicy;

/** Momentum between exact iterations of preference optimisation on a bandit: π̂ = π·exp(r/β), normalised. */
class NesterovTest {

    private static final double[] START = {.5, .3, .2};
    private static final double[] REWARD = {0.1, -0.2, 0.4};
    private static final double BETA = 1;

    private static double[] normalised(double[] p) {
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(v -> v / sum).toArray();
    }

    private static double[] optimised(double[] p) {
        return normalised(IntStream.range(0, 3)
                .mapToDouble(y -> p[y] * Math.exp(REWARD[y] / BETA))
                .toArray());
    }

    private static TabularPolicy table(double[] p) {
        return TabularPolicy.of(new double[][] {Arrays.stream(p).map(Math::log).toArray()});
    }

    private static double[] moved(double alpha, double[] estimate, double[] before) {
        try (TabularPolicy policy = table(estimate);
                TabularPolicy earlier = table(before)) {
            new Nesterov(alpha).move(policy.parameters(), earlier.parameters());
            return policy.distribution(0);
        }
    }

    @Test
    void extrapolatedWeightsOfATableGiveTheExtrapolatedPolicy() {
        double[] estimate = optimised(START);
        double[] expected = normalised(IntStream.range(0, 3)
                .mapToDouble(y -> estimate[y] * Math.pow(estimate[y] / START[y], 0.3))
                .toArray());
        assertThat(moved(0.3, estimate, START)).containsExactly(expected, within(1e-12));
        assertThat(moved(0, estimate, START)).containsExactly(estimate, within(1e-12));
        assertThatThrownBy(() -> new Nesterov(1)).hasMessageContaining("alpha");
    }

    @Test
    void momentumConvergesFaster() {
        for (double alpha : new double[] {0, 0.3, 0.5}) {
            double[] handedOn = START;
            double[] before = START;
            for (int n = 1; n <= 12; n++) {
                double[] estimate = optimised(handedOn);
                handedOn = moved(alpha, estimate, before);
                before = estimate;
                double steps = (n - (alpha - Math.pow(alpha, n + 1)) / (1 - alpha)) / (1 - alpha);
                double[] expected = normalised(IntStream.range(0, 3)
                        .mapToDouble(y -> START[y] * Math.exp(steps * REWARD[y] / BETA))
                        .toArray());
                assertThat(estimate).as("iteration %d at %s", n, alpha).containsExactly(expected, within(1e-9));
            }
            // Without, the worse answers lose e^(−0.3) an iteration; with momentum they come to lose that to the 1/(1 −
            // α).
            double worst = Math.log(handedOn[0] / handedOn[2]) - Math.log(before[0] / before[2]);
            assertThat(worst).isCloseTo(-0.3 * alpha / (1 - alpha), within(1e-3));
        }
    }
}
