package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FisherFTest {

    /** As computed by SciPy 1.x: scipy.stats.f.ppf. */
    @ParameterizedTest
    @CsvSource({
        "0.975, 5, 18, 3.381967805875243",
        "0.975, 18, 5, 6.361883204654353",
        "0.975, 5, 15, 3.5764153492790607",
        "0.975, 5, 4.7, 7.652719332484396",
        "0.025, 3, 100.5, 0.07165370949041748",
        "0.5, 1, 1, 1",
        "0.975, 999, 1998, 1.112355434875392"
    })
    void quantilesAreThoseOfSciPy(double p, double above, double below, double expected) {
        assertThat(FisherF.quantile(p, above, below)).isCloseTo(expected, within(1e-9 * expected));
        assertThat(FisherF.cumulative(expected, above, below)).isCloseTo(p, within(1e-12));
    }

    /** With two degrees of freedom above, 1 − (1 + 2x/b)^(−b/2). */
    @Test
    void twoDegreesOfFreedomHaveAClosedForm() {
        assertThat(FisherF.cumulative(3, 2, 7)).isCloseTo(1 - Math.pow(1 + 6.0 / 7, -3.5), within(1e-13));
        assertThat(FisherF.cumulative(-1, 2, 7)).isZero();
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> FisherF.quantile(1, 2, 3)).hasMessageContaining("not between 0 and 1");
        assertThatThrownBy(() -> FisherF.cumulative(1, 0, 3)).hasMessageContaining("not above 0");
    }
}
