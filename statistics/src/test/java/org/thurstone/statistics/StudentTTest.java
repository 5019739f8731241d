package org.thurstone.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    /** Fisher and Yates, table III, at a two-sided 5 %. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.706",
        "2, 4.303",
        "5, 2.571",
        "9, 2.262",
        "10, 2.228",
        "15, 2.131",
        "20, 2.086",
        "30, 2.042",
        "60, 2.000",
        "120, 1.980"
    })
    void quantilesAreThoseOfTables(int freedom, double expected) {
        assertThat(StudentT.twoSided95(freedom)).isCloseTo(expected, within(6e-4));
    }

    /** With one degree of freedom it is Cauchy's distribution, with two F(t) = ½ + t / (2·√(2 + t²)). */
    @Test
    void quantilesOfOneAndTwoAreTheClosedForms() {
        assertThat(StudentT.twoSided95(1)).isCloseTo(Math.tan(Math.PI * 0.475), within(5e-5));
        assertThat(StudentT.twoSided95(2)).isCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95)), within(5e-5));
    }

    @Test
    void manyDegreesOfFreedomAreNormal() {
        assertThat(StudentT.twoSided95(1_000_000)).isCloseTo(Normal.TWO_SIDED_95, within(1e-5));
    }

    @Test
    void noDegreesOfFreedomAreRefused() {
        assertThatThrownBy(() -> StudentT.twoSided95(0)).hasMessageContaining("at least one degree of freedom");
    }

    /** Levels of 80, 90 and 99 % from the same table. */
    @ParameterizedTest
    @CsvSource({
        "0.90, 1, 6.314",
        "0.99, 1, 63.657",
        "0.80, 2, 1.886",
        "0.99, 2, 9.925",
        "0.90, 7, 1.895",
        "0.99, 7, 3.499",
        "0.95, 10, 2.228",
        "0.99, 30, 2.750",
        "0.80, 120, 1.289"
    })
    void quantilesOfOtherLevelsAreThoseOfTables(double level, int freedom, double expected) {
        assertThat(StudentT.twoSided(level, freedom)).isCloseTo(expected, within(6e-4));
    }

    @Test
    void theExpansionContinuesTheSums() {
        assertThat(StudentT.twoSided(0.99, 1001)).isCloseTo(StudentT.twoSided(0.99, 1000), within(1e-5));
        assertThat(StudentT.twoSided(0.95, 5)).isCloseTo(StudentT.twoSided95(5), within(1e-4));
    }
}
