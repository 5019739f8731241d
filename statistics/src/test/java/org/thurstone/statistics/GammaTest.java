package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GammaTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 40})
    void meanVarianceAndThirdMomentAreTheDistributions(double shape) {
        SplittableRandom random = new SplittableRandom(4);
        int n = 200_000;
        double[] drawn = new double[n];
        Arrays.setAll(drawn, i -> Gamma.draw(shape, random));
        assertThat(Arrays.stream(drawn).min().orElseThrow()).isPositive();
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double square =
                Arrays.stream(drawn).map(x -> Math.pow(x - shape, 2)).average().orElseThrow();
        double cube =
                Arrays.stream(drawn).map(x -> Math.pow(x - shape, 3)).average().orElseThrow();
        // Central moments are shape, shape, 2·shape; within five standard errors or so.
        assertThat(mean).isCloseTo(shape, within(5 * Math.sqrt(shape / n)));
        assertThat(square).isCloseTo(shape, within(5 * Math.sqrt((2 * shape * shape + 6 * shape) / n)));
        assertThat(cube / (2 * shape)).isCloseTo(1, within(0.2));
    }

    @Test
    void ofShapeOneItIsExponential() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 100_000;
        long above =
                IntStream.range(0, n).filter(i -> Gamma.draw(1, random) > 2).count();
        assertThat((double) above / n).isCloseTo(Math.exp(-2), within(0.005));
    }

    @Test
    void emptyShapeIsRefused() {
        assertThatThrownBy(() -> Gamma.draw(0, new SplittableRandom(1))).hasMessageContaining("above 0");
    }

    /** As computed by SciPy: gammaln and digamma. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 2.252712651734206, -10.423754940411076",
        "0.5, 0.5723649429247, -1.9635100260214235",
        "3.3, 0.9870985778947343, 1.0348224890596216",
        "25, 54.78472939811232, 3.198742512851974"
    })
    void functionsAreThoseOfSciPy(double x, double log, double digamma) {
        assertThat(Gamma.logFunction(x)).isCloseTo(log, within(1e-12));
        assertThat(Gamma.digamma(x)).isCloseTo(digamma, within(1e-12));
    }
}
