package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    @Test
    void twoDegreesOfFreedomAreExponential() {
        for (double x : new double[] {0.01, 1, 5, 40, 300}) {
            assertThat(ChiSquare.above(x, 2) / Math.exp(-x / 2)).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void oneDegreeOfFreedomIsTheSquareOfANormalDeviate() {
        for (double z : new double[] {0.1, 1, 1.959963984540054, 4}) {
            assertThat(ChiSquare.above(z * z, 1) / (2 * Normal.below(-z))).isCloseTo(1, within(1e-9));
        }
    }

    /** Q(k/2, x/2) for even k is e^(−x/2) times the sum of (x/2)^j/j! over the k/2 smallest j. */
    @Test
    void evenDegreesOfFreedomAreAPoissonSum() {
        for (double x : new double[] {3, 20, 60}) {
            double term = Math.exp(-x / 2);
            double sum = 0;
            for (int j = 0; j < 15; j++) {
                sum += term;
                term *= x / 2 / (j + 1);
            }
            assertThat(ChiSquare.above(x, 30) / sum).isCloseTo(1, within(1e-11));
        }
    }

    @Test
    void endsAndWrongArguments() {
        assertThat(ChiSquare.above(0, 3)).isEqualTo(1);
        assertThat(ChiSquare.above(Double.POSITIVE_INFINITY, 3)).isZero();
        assertThatThrownBy(() -> ChiSquare.above(1, 0)).hasMessageContaining("degrees of freedom are 0.0");
        assertThatThrownBy(() -> ChiSquare.above(-1, 1)).hasMessageContaining("not at least 0");
    }
}
