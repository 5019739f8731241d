package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalTest {

    /** Published values (Abramowitz and Stegun, tables 26.1 and 26.2), and those of a 50-digit computation in the tails. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.841344746068542949",
        "-1, 0.158655253931457051",
        "-2.5, 0.00620966532577613",
        "-5, 2.866515718791939e-7",
        "-10, 7.61985302416052e-24"
    })
    void probabilitiesAndQuantilesAreThoseOfTables(double x, double p) {
        assertThat(Normal.below(x) / p).isCloseTo(1, within(1e-13));
        assertThat(Normal.logBelow(x)).isCloseTo(Math.log(p), within(1e-12 * Math.max(1, -Math.log(p))));
        assertThat(Normal.quantile(p)).isCloseTo(x, within(1e-12));
    }

    @Test
    void tailFormulasMeet() {
        assertThat(Normal.logBelow(-1.5 - 1e-9) - Normal.logBelow(-1.5 + 1e-9)).isCloseTo(-3.877e-9, within(1e-12));
        assertThat(Normal.logBelow(-40)).isCloseTo(-804.608442, within(1e-5));
        assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
    }

    /** φ(1) = e^(−½) / √(2π). */
    @Test
    void densityIsTheFormulas() {
        assertThat(Normal.density(1)).isCloseTo(0.24197072451914337, within(1e-15));
    }

    @Test
    void twoSidedQuantileLeavesTwoAndAHalfPercentOnEitherSide() {
        assertThat(Normal.below(-Normal.TWO_SIDED_95)).isCloseTo(0.025, within(1e-16));
        assertThat(Normal.below(Normal.TWO_SIDED_95)).isCloseTo(0.975, within(2e-16));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
    void quantileOfNoProbabilityIsRefused(double p) {
        assertThatThrownBy(() -> Normal.quantile(p)).hasMessageContaining("no finite quantile");
    }
}
